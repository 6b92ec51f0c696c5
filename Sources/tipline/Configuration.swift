import ChatOps
import Domain
import FoundationEssentials
import Investigation
import Storage
import Telegram

/// What an operator sets; the same names in `.env`, systemd, containers and the documentation.
struct Configuration: Sendable {
    let telegram: TelegramAccount
    let glitchtip: GlitchTipAccount
    let admins: Set<Int64>
    let responders: Set<Int64>
    let redis: RedisURL?
    /// Where the ledger is; a SQLite file.
    let ledgerPath: String
    let repositories: [String: RepositoryEntry]
    let alerts: Alerting
    let environment: String
    let dataFolder: String

    struct Alerting: Sendable {
        let routes: Routes
        let pollInterval: Duration
        let escalation: Escalation
        let zone: Zone
    }

    struct TelegramAccount: Sendable {
        let token: Secret
        let url: String
        let chat: Destination
    }

    struct GlitchTipAccount: Sendable {
        let url: String
        let token: Secret
        let organization: String
    }
}
