/// The names that an operator types, with an example for the one who mistypes it.
enum Variable: String, CaseIterable {
    case telegramToken = "TELEGRAM_BOT_TOKEN"
    case telegramURL = "TELEGRAM_API_URL"
    case telegramChat = "TELEGRAM_CHAT_ID"
    case admins = "TIPLINE_ADMINS"
    case responders = "TIPLINE_RESPONDERS"
    case glitchtipURL = "GLITCHTIP_URL"
    case glitchtipToken = "GLITCHTIP_TOKEN"
    case glitchtipOrganization = "GLITCHTIP_ORG"
    case redisURL = "REDIS_URL"
    case databaseURL = "DATABASE_URL"
    case repositories = "TIPLINE_REPOS"
    case runbooks = "TIPLINE_RUNBOOKS"
    case routes = "TIPLINE_ROUTES"
    case pollInterval = "TIPLINE_POLL_INTERVAL"
    case escalation = "TIPLINE_ESCALATE_AFTER"
    case timezone = "TIPLINE_TIMEZONE"
    case listen = "TIPLINE_LISTEN"
    case webhookSecret = "TIPLINE_WEBHOOK_SECRET"
    case environment = "TIPLINE_ENVIRONMENT"
    case dataFolder = "TIPLINE_DATA"

    var example: String {
        switch self {
        case .telegramToken: "123456789:AAF…, from BotFather"
        case .telegramURL: "https://api.telegram.org"
        case .telegramChat: "-1001234567890, or -1001234567890:17 for a topic"
        case .admins, .responders: "11111111,22222222"
        case .glitchtipURL: "https://glitchtip.example.com"
        case .glitchtipToken: "64 characters, from Profile → Auth Tokens"
        case .glitchtipOrganization: "my-team, as in the address of its pages"
        case .redisURL: "redis://:password@localhost:6379/0 or unix:///run/redis/redis.sock"
        case .databaseURL: "sqlite:///var/lib/tipline/tipline.db"
        case .repositories: "shop-web=/srv/repos/shop-web,billing-api=/srv/repos/mono#services/billing"
        case .runbooks: "/srv/runbooks,/srv/repos/shop-web/runbooks"
        case .routes:
            "environment=staging to -1001234567890:17 silent; level<warning to nowhere; hours=22:00-07:00 silent"
        case .pollInterval: "30s"
        case .escalation: "15m, or off"
        case .timezone: "Europe/Berlin"
        case .listen: "127.0.0.1:8086, or :8086 for all addresses of this machine"
        case .webhookSecret: "32 letters and digits, from openssl rand -hex 16"
        case .environment: "production"
        case .dataFolder: "/var/lib/tipline"
        }
    }
}
