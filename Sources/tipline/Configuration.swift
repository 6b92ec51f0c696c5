import ChatOps
import Domain
import FoundationEssentials
import Investigation
import Storage
import Telegram

/// What an operator sets; the same names in `.env`, systemd, containers and the documentation.
struct Configuration: Sendable {
    var telegram: TelegramAccount
    let glitchtip: GlitchTipAccount
    var admins: Set<Int64>
    let responders: Set<Int64>
    let redis: RedisURL?
    /// Where the ledger is; a SQLite file.
    var ledgerPath: String
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

    /// The same with another Telegram, whose chat belongs to one admin, and with a ledger of its own.
    func chatting(on telegram: TelegramAccount, as admin: Int64) -> Configuration {
        var copy = self
        copy.telegram = telegram
        copy.admins = [admin]
        copy.ledgerPath = dataFolder + "/chat.db"
        return copy
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
