import ChatOps
import Domain
import FoundationEssentials
import Investigation
import Storage
import Telegram
import Web

/// What an operator sets; the same names in `.env`, systemd, containers and the documentation.
struct Configuration: Sendable {
    var telegram: TelegramAccount
    let glitchtip: GlitchTipAccount
    var admins: Set<Int64>
    let responders: Set<Int64>
    let redis: RedisURL?
    /// Where the ledger is; a SQLite file.
    var ledgerPath: String
    /// By project, the main one first.
    let repositories: [String: [RepositoryEntry]]
    let code: CodeSettings
    /// The team's own; those that ship come with the program.
    let runbooks: [RunbookPlace]
    var alerts: Alerting
    /// Of the team's chat, until it wants another one; nil for none.
    let dailyReport: Schedule?
    /// How long it takes the team to find what is wrong without investigations.
    let baselineMinutes: Int
    /// Nil when nobody asked for one.
    var server: Server?
    let environment: String
    let dataFolder: String
    /// Where the code is cloned to.
    var clonesFolder: String { dataFolder + "/clones" }

    struct Alerting: Sendable {
        var routes: Routes
        let pollInterval: Duration
        let escalation: Escalation
        let zone: Zone
    }

    /// The same with another Telegram, whose one chat belongs to one admin, with a ledger of its own and no server.
    func chatting(on telegram: TelegramAccount, as admin: Int64) -> Configuration {
        var copy = self
        copy.telegram = telegram
        copy.alerts.routes = Routes(home: telegram.chat)
        copy.admins = [admin]
        copy.ledgerPath = dataFolder + "/chat.db"
        copy.server = nil
        return copy
    }

    struct Server: Sendable {
        let address: Address
        /// Nil: health checks and metrics only.
        let secret: Secret?
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
