import Domain
import Logging
import Storage
import Telegram

/// Keeps Telegram's menu of commands equal to the manuals.
struct Menu: Sendable {
    private static let setting = "telegram.menu"

    let telegram: BotAPI
    let ledger: Ledger
    let manuals: [Manual]
    let log: Logger

    /// Asks Telegram only when the list is another one than the last that it took.
    func update() async {
        let entries = manuals.map { (name: $0.name, description: $0.summary) }
        let wanted = entries.map { "\($0.name): \($0.description)" }.joined(separator: "\n")
        do {
            guard try await ledger.setting(Self.setting) != wanted else { return }
            try await telegram.setCommands(entries)
            try await ledger.set(wanted, for: Self.setting)
        } catch {
            log.warning("Telegram's menu of commands is not up to date", metadata: ["error": "\(describe(error))"])
        }
    }
}
