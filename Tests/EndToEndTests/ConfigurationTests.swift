import Domain
import Telegram
import Testing

@testable import tipline

@Suite struct ConfigurationTests {
    private static let good = [
        "TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_CHAT_ID": "-1001:17", "GLITCHTIP_URL": "https://glitchtip.example.com/",
        "GLITCHTIP_TOKEN": "t0ken", "GLITCHTIP_ORG": "acme", "HOME": "/home/ada",
    ]

    private func mistakes(_ changes: [String: String]) -> String {
        let values = Self.good.merging(changes) { $1 }
        do throws(Configuration.Mistakes) {
            _ = try Configuration(Settings(environment: values))
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `three tokens and two names are enough`() throws {
        let configuration = try Configuration(Settings(environment: Self.good))
        #expect(configuration.telegram.chat == Destination(chat: -1001, thread: 17))
        #expect(configuration.glitchtip.url == "https://glitchtip.example.com")
        #expect(configuration.ledgerPath == "/home/ada/.local/share/tipline/tipline.db")
        #expect(configuration.environment == "production")
        #expect(configuration.repositories.isEmpty)
    }

    @Test func `a token is a number, a colon, and what addresses may hold`() throws {
        let token = "7210000001:AAH-not_a-real-token-0123456789"
        let changed = Self.good.merging(["TELEGRAM_BOT_TOKEN": token, "XDG_DATA_HOME": ""]) { $1 }
        let configuration = try Configuration(Settings(environment: changed))
        #expect(configuration.telegram.token.reveal() == token)
        #expect(configuration.dataFolder == "/home/ada/.local/share/tipline")
    }

    @Test func `a project that is named again has several repositories, with their addresses in the same order`() throws
    {
        let changes = [
            "TIPLINE_REPOS": "shop=/srv/web,api=/srv/api,shop=/srv/lib#src",
            "TIPLINE_REPO_URLS": "shop=https://github.com/acme/web,shop=https://gitlab.com/acme/lib",
        ]
        let configuration = try Configuration(Settings(environment: Self.good.merging(changes) { $1 }))
        #expect(configuration.repositories["shop"]?.map(\.location) == ["/srv/web", "/srv/lib"])
        #expect(configuration.repositories["shop"]?.map(\.folder) == [nil, "src"])
        #expect(configuration.repositories["api"]?.map(\.location) == ["/srv/api"])
        #expect(
            configuration.code.forges["shop"]?.map { $0.link(toCommit: "abcdef") } == [
                "https://github.com/acme/web/commit/abcdef", "https://gitlab.com/acme/lib/-/commit/abcdef",
            ])
    }

    @Test func `alerts have their defaults, and what is set is read`() throws {
        let plain = try Configuration(Settings(environment: Self.good)).alerts
        #expect(plain.routes == Routes(home: Destination(chat: -1001, thread: 17)))
        #expect(plain.pollInterval == .seconds(30))
        #expect(plain.escalation == .standard)
        #expect(plain.zone == .utc)
        let changes = [
            "TIPLINE_ROUTES": "environment=staging to -5 silent", "TIPLINE_POLL_INTERVAL": "1m",
            "TIPLINE_ESCALATE_AFTER": "off", "TIPLINE_TIMEZONE": "Europe/Berlin",
        ]
        let set = try Configuration(Settings(environment: Self.good.merging(changes) { $1 })).alerts
        #expect(set.routes.chats == [-1001, -5])
        #expect(set.pollInterval == .seconds(60))
        #expect(set.escalation.seconds == nil)
        #expect(set.zone.name == "Europe/Berlin")
    }

    @Test(arguments: [(nil, "daily 09:00"), ("7:30", "daily 07:30"), ("off", nil)] as [(String?, String?)])
    func `the daily report comes at nine, unless something else is said`(value: String?, expected: String?) throws {
        let changes = value.map { ["TIPLINE_DAILY_REPORT": $0] } ?? [:]
        let set = try Configuration(Settings(environment: Self.good.merging(changes) { $1 }))
        #expect(set.dailyReport?.description == expected)
    }

    @Test func `a time that is none is said`() {
        #expect(
            mistakes(["TIPLINE_DAILY_REPORT": "nine"]) == """
                One thing is wrong in the configuration:
                  TIPLINE_DAILY_REPORT (environment) is neither a time of the day nor off
                      for example: 09:00, or off
                """)
    }

    @Test func `what is wrong with alerts is said, with an example each`() {
        let changes = [
            "TIPLINE_ROUTES": "level<warning", "TIPLINE_POLL_INTERVAL": "2h", "TIPLINE_ESCALATE_AFTER": "soon",
            "TIPLINE_TIMEZONE": "Berlin",
        ]
        #expect(
            mistakes(changes) == """
                4 things are wrong in the configuration:
                  TIPLINE_ROUTES (environment) cannot be read: “level<warning” needs a destination or “silent”
                      for example: environment=staging to -1001234567890:17 silent; level<warning to nowhere; \
                hours=22:00-07:00 silent
                  TIPLINE_POLL_INTERVAL (environment) is not a time between 1s and 1h
                      for example: 30s
                  TIPLINE_ESCALATE_AFTER (environment) is neither a time nor off
                      for example: 15m, or off
                  TIPLINE_TIMEZONE (environment) is not a time zone, or the system has no zoneinfo (Debian: tzdata)
                      for example: Europe/Berlin
                """)
    }

    @Test(arguments: ["0", "-5", "1441", "15m", "a quarter"])
    func `a baseline is a number of minutes`(text: String) {
        #expect(
            mistakes(["TIPLINE_BASELINE_MINUTES": text]) == """
                One thing is wrong in the configuration:
                  TIPLINE_BASELINE_MINUTES (environment) is not a number of minutes between 1 and 1440
                      for example: 15
                """)
    }

    @Test func `a baseline is 15 minutes unless the team says otherwise`() throws {
        #expect(try Configuration(Settings(environment: Self.good)).baselineMinutes == 15)
        let changed = Self.good.merging(["TIPLINE_BASELINE_MINUTES": "25"]) { $1 }
        #expect(try Configuration(Settings(environment: changed)).baselineMinutes == 25)
    }

    @Test func `says everything that is wrong at once, with an example each`() {
        #expect(
            mistakes(["TELEGRAM_CHAT_ID": "team", "GLITCHTIP_URL": "", "TIPLINE_ADMINS": "1, ada"]) == """
                3 things are wrong in the configuration:
                  TELEGRAM_CHAT_ID (environment) is not a chat id
                      for example: -1001234567890, or -1001234567890:17 for a topic
                  GLITCHTIP_URL is missing
                      for example: https://glitchtip.example.com
                  TIPLINE_ADMINS (environment) holds “ada”, which is not a user id
                      for example: 11111111,22222222
                """)
    }

    @Test(arguments: [
        ("TELEGRAM_BOT_TOKEN", "s3cret"), ("TELEGRAM_BOT_TOKEN", "1:s3cret/x"), ("GLITCHTIP_TOKEN", "s3 cret"),
        ("REDIS_URL", "http://:s3cret@host"),
        ("GLITCHTIP_URL", "https://user:s3cret@host"), ("GLITCHTIP_URL", "https://host?key=s3cret"),
        ("DATABASE_URL", "mysql://u:s3cret@h/d"),
        ("TIPLINE_REPOS", "https://u:s3cret@git.example.com/x.git"), ("TIPLINE_WEBHOOK_SECRET", "s3cret"),
        ("TIPLINE_WEBHOOK_SECRET", "s3cret/s3cret/s3cret"),
        ("TIPLINE_REPO_URLS", "shop-web=https://u:s3cret@github.com/x"),
        ("TIPLINE_REPO_URLS", "https://u:s3cret@github.com/x"),
        ("TIPLINE_RUNBOOKS", "https//u:s3cret@git.example.com/x.git"), ("TIPLINE_RUNBOOKS", "ext::u:s3cret@host"),
    ])
    func `a wrong value is not shown when it may hold a secret`(name: String, value: String) {
        let text = mistakes([name: value])
        #expect(text.contains(name))
        #expect(!text.contains("cret"))
    }

    @Test func `runbooks are in folders and at addresses`() throws {
        let text = "/srv/a#b, https://u:s3cret@h/x.git#ops,git@host:acme/books.git,ssh://git@h/y,file:///srv/z.git#"
        let configuration = try Configuration(
            Settings(environment: Self.good.merging(["TIPLINE_RUNBOOKS": text]) { $1 }))
        #expect(
            configuration.runbooks.map(\.shown) == [
                "/srv/a#b", "https://h/x.git#ops", "git@host:acme/books.git", "ssh://h/y", "file:///srv/z.git",
            ])
        #expect(configuration.runbooks.map { $0.repository == nil } == [true, false, false, false, false])
    }

    @Test(arguments: ["runbooks", "./x", "ext::sh -c id", "https://h/x.git#../y", "-u:x"])
    func `runbooks that are nowhere are said`(text: String) {
        #expect(
            mistakes(["TIPLINE_RUNBOOKS": text]) == """
                One thing is wrong in the configuration:
                  TIPLINE_RUNBOOKS (environment) holds “\(text)”, which is neither a full path nor the address of a git \
                repository
                      for example: \(Variable.runbooks.example)
                """)
    }

    @Test func `says what is wrong with the server`() {
        #expect(
            mistakes(["TIPLINE_LISTEN": "localhost", "TIPLINE_WEBHOOK_SECRET": "hunter2"]) == """
                2 things are wrong in the configuration:
                  TIPLINE_LISTEN (environment) has no port
                      for example: 127.0.0.1:8086, or :8086 for all addresses of this machine
                  TIPLINE_WEBHOOK_SECRET (environment) is shorter than 16 characters
                      for example: 32 letters and digits, from openssl rand -hex 16
                """)
    }

    @Test(
        arguments: [
            ([:], nil, false),
            (["TIPLINE_LISTEN": "[::]:80"], "[::]:80", false),
            (["TIPLINE_WEBHOOK_SECRET": "0123456789abc_-D"], "127.0.0.1:8086", true),
            (["TIPLINE_LISTEN": ":9000", "TIPLINE_WEBHOOK_SECRET": "0123456789abc_-D"], "0.0.0.0:9000", true),
        ] as [([String: String], String?, Bool)])
    func `a server is there when it is asked for, with webhooks when there is a secret`(
        settings: [String: String], address: String?, hasWebhook: Bool
    ) throws {
        let server = try Configuration(Settings(environment: Self.good.merging(settings) { $1 })).server
        #expect(server?.address.description == address)
        #expect((server?.secret != nil) == hasWebhook)
    }

    @Test func `what is wrong with links and tags is said, with an example each`() {
        let urls = "shop-web=https://git.example.org/shop,billing-api=https://git.example.org/{line},x"
        #expect(
            mistakes(["TIPLINE_REPO_URLS": urls, "TIPLINE_RELEASES": "shop-web=v1"]) == """
                4 things are wrong in the configuration:
                  TIPLINE_REPO_URLS (environment) holds something that is not of the form project=value
                      for example: shop-web=https://github.com/acme/shop-web,billing-api=gitlab+https://git.example.org/acme/mono
                  TIPLINE_REPO_URLS (environment) cannot be used for shop-web: its address is on a host that does not say \
                what it runs: begin it with github+, gitlab+, gitea+ or bitbucket+
                      for example: shop-web=https://github.com/acme/shop-web,billing-api=gitlab+https://git.example.org/acme/mono
                  TIPLINE_REPO_URLS (environment) cannot be used for billing-api: its address has a pattern with neither \
                {commit} nor {path}
                      for example: shop-web=https://github.com/acme/shop-web,billing-api=gitlab+https://git.example.org/acme/mono
                  TIPLINE_RELEASES (environment) has no pattern with {version} for shop-web, or one that no tag can have
                      for example: shop-web=release-{version},billing-api=billing/v{version}
                """)
    }

    @Test(arguments: [
        ("TIPLINE_DATA", "data"), ("TIPLINE_SOURCEMAPS", "shop-web=maps"), ("TIPLINE_ENVIRONMENT", "a b"),
        ("GLITCHTIP_ORG", "../x"),
        ("TIPLINE_LISTEN", "8086"), ("TIPLINE_LISTEN", "http://localhost:8086"), ("TIPLINE_LISTEN", "::1:8086"),
        ("TIPLINE_WEBHOOK_SECRET", "0123456789abcde"), ("TIPLINE_WEBHOOK_SECRET", "0123456789äbcdef"),
        ("TELEGRAM_API_URL", "api.telegram.org"), ("TELEGRAM_API_URL", "https://tg.example.com/a b"),
        ("GLITCHTIP_URL", "https://glitchtip.example.com/?a=1"), ("GLITCHTIP_URL", "https://glitchtip.example.com/#a"),
        ("TELEGRAM_BOT_TOKEN", "1:a b"), ("TELEGRAM_BOT_TOKEN", "1:a/../x"), ("TELEGRAM_BOT_TOKEN", "1:a?b"),
        ("TELEGRAM_BOT_TOKEN", "a:1"), ("TELEGRAM_BOT_TOKEN", ":a"), ("TELEGRAM_BOT_TOKEN", "1:"),
        ("TELEGRAM_BOT_TOKEN", "1:a:b"), ("TIPLINE_REPOS", "shop-web"), ("TIPLINE_RESPONDERS", "-5"),
    ])
    func `refuses what cannot work`(name: String, value: String) {
        #expect(mistakes([name: value]).hasPrefix("One thing is wrong in the configuration:\n  \(name) (environment)"))
    }
}
