import ArgumentParser
import Domain
import FoundationEssentials
import GlitchTip
import Investigation
import Runbooks
import Storage
import Telegram

/// `tipline doctor`: checks the configuration and everything it points to, also beside a bot at work.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and all it points to.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.configuration()
        print("✓ configuration: all is there")
        let checkup = Checkup(configuration, app: App(configuration, log: options.log))
        var failures = 0
        for check in await checkup.run() {
            print(check.line)
            if check.isBad { failures += 1 }
        }
        guard failures == 0 else { throw Failed(failures == 1 ? "One check failed." : "\(failures) checks failed.") }
        print("All is well.")
    }
}

/// What the doctor looks at, one after the other.
struct Checkup {
    struct Check {
        let name: String
        let words: String
        let isBad: Bool

        var line: String { "\(isBad ? "✗" : "✓") \(name): \(words)" }

        static func good(_ name: String, _ words: String) -> Check { Check(name: name, words: words, isBad: false) }
        static func bad(_ name: String, _ words: String) -> Check { Check(name: name, words: words, isBad: true) }
    }

    private let configuration: Configuration
    private let app: App

    init(_ configuration: Configuration, app: App) {
        self.configuration = configuration
        self.app = app
    }

    func run() async -> [Check] {
        // The ledger first: the clones of a bot at work are its own. One that it makes would be taken away under its hands.
        let (ledger, isBotAtWork) = ledger()
        var checks = await telegram() + [await glitchtip(), ledger, await redis(), webhooks()]
        for (project, entries) in configuration.repositories.sorted(by: { $0.key < $1.key }) {
            for entry in entries {
                checks.append(await isBotAtWork ? clone(project, entry) : repository(project, entry))
            }
        }
        await app.clones.close()
        checks += await runbooks(besideBot: isBotAtWork)
        return checks
    }

    private func telegram() async -> [Check] {
        do {
            let name = try await app.telegram.me().username ?? "?"
            var checks = [Check.good("Telegram", "the token is that of @\(name)")]
            for chat in configuration.alerts.routes.chats {
                if try await app.telegram.knows(chat) { continue }
                let variable = chat == configuration.telegram.chat.chat ? Variable.telegramChat : .routes
                checks.append(
                    .bad(
                        "Telegram", "it does not know the chat \(chat), or the bot is not in it (\(variable.rawValue))")
                )
            }
            return checks
        } catch let error as BotAPIError {
            return [.bad("Telegram", error.explanation)]
        } catch {
            return [.bad("Telegram", "stopped")]
        }
    }

    private func glitchtip() async -> Check {
        do {
            let identity = try await app.glitchtip.identity()
            guard identity.missingScopes.isEmpty else {
                return .bad("GlitchTip", "the token lacks \(identity.missingScopes.joined(separator: ", "))")
            }
            let projects = try await app.glitchtip.projects().map(\.slug).sorted()
            guard !projects.isEmpty else {
                let organization = configuration.glitchtip.organization
                return .bad(
                    "GlitchTip",
                    "the token sees no project in the organization \(organization). Is GLITCHTIP_ORG right?")
            }
            let unknown = configuration.repositories.keys.filter { !projects.contains($0) }.sorted()
            guard unknown.isEmpty else {
                return .bad(
                    "GlitchTip",
                    "there is no project \(unknown.joined(separator: ", ")), which TIPLINE_REPOS names; there are "
                        + projects.joined(separator: ", "))
            }
            return .good("GlitchTip", "\(identity.email) sees \(projects.joined(separator: ", "))")
        } catch let error as GlitchTipError {
            return .bad("GlitchTip", error.explanation)
        } catch {
            return .bad("GlitchTip", "stopped")
        }
    }

    private func ledger() -> (Check, isBotAtWork: Bool) {
        let path = configuration.ledgerPath
        do {
            _ = try SQLite(path: path)
            return (.good("Ledger", path), false)
        } catch LedgerError.inUse {
            return (.good("Ledger", "\(path); a bot works with it"), true)
        } catch let error as LedgerError {
            return (.bad("Ledger", error.description), false)
        } catch {
            return (.bad("Ledger", "cannot be opened"), false)
        }
    }

    private func redis() async -> Check {
        guard configuration.redis != nil else {
            return .good("Redis", "not set up; cache and limits are in memory")
        }
        switch await app.shared.settledStatus() {
        case .connected: return .good("Redis", "connected")
        case .away(_, let reason): return .bad("Redis", reason)
        case .connecting, nil: return .bad("Redis", "does not answer")
        }
    }

    private func webhooks() -> Check {
        guard let server = configuration.server else {
            return .good("Webhooks", "not set up; the list of issues is read instead")
        }
        guard server.secret != nil else {
            return .good("Webhooks", "none without TIPLINE_WEBHOOK_SECRET; the list of issues is read instead")
        }
        return .good("Webhooks", "come to \(server.address), as POST /webhooks/glitchtip/ with the secret behind it")
    }

    /// What is out, each; and how many can be used.
    private func runbooks(besideBot: Bool) async -> [Check] {
        let shelf: Shelf
        if besideBot {
            shelf = await RunbooksCommand.shelf(of: configuration.runbooks, shipped: ShippedRunbooks.folder)
        } else {
            await app.checkouts.refresh()
            shelf = await app.library.current()
            await app.checkouts.close()
        }
        let count = shelf.runbooks.count
        let troubles = shelf.troubles.filter { $0.kind == .error }.map { Check.bad("Runbooks", $0.description) }
        return troubles + [.good("Runbooks", count == 1 ? "1 can be used" : "\(count) can be used")]
    }

    /// What a bot at work has of an entry, read only.
    private func clone(_ project: String, _ entry: RepositoryEntry) async -> Check {
        let name = "Code of \(project)"
        guard entry.isRemote else {
            let head = await Investigator().head(of: Repository(path: entry.location))
            return head == nil
                ? .bad(name, "there is no commit to read at \(entry.shownLocation)")
                : .good(name, "can be read; not fetched, as the bot is at work")
        }
        // Asked for what can be written, it finds the clone and changes nothing in it.
        let clone = await Checkouts([], folder: configuration.clonesFolder).writable(entry)
        return .good(
            name,
            clone == nil
                ? "not cloned yet, and not tried, as the bot is at work"
                : "can be read; not fetched, as the bot is at work")
    }

    private func repository(_ project: String, _ entry: RepositoryEntry) async -> Check {
        do {
            let (_, note) = try await app.clones.repository(for: entry)
            return .good("Code of \(project)", note ?? "can be read")
        } catch let error as CloneError {
            return .bad("Code of \(project)", error.explanation)
        } catch {
            return .bad("Code of \(project)", "stopped")
        }
    }
}
