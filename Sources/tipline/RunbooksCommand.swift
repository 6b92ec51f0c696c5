import ArgumentParser
import Domain
import FoundationEssentials
import Investigation
import Runbooks

/// `tipline runbooks`: for those who write them.
struct RunbooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbooks",
        abstract: "Check runbooks, and see which of them fit an event.",
        subcommands: [Check.self, Match.self])

    /// `tipline runbooks lint`: everything wrong with them, with file and line, and what to write instead.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Say what is wrong with runbooks, and what to write instead.",
            discussion: "Exit code 1 when one cannot be used or does not match as its examples say.")

        @Argument(
            help: ArgumentHelp(
                "Folders of runbooks, or addresses of git repositories (default: those that ship).",
                valueName: "folder"))
        var folders: [String] = []

        struct Report {
            let text: String
            let exitCode: Int32
        }

        func run() async throws {
            let report = await report()
            print(report.text)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }

        func report() async -> Report {
            let lint = Lint(await shelf(of: folders))
            let errors = lint.troubles.count { $0.kind == .error }
            let counts = [
                Self.count(lint.count, "runbook"), Self.count(errors, "error"),
                Self.count(lint.troubles.count - errors, "warning"),
            ]
            let lines = lint.troubles.map(\.description) + [counts.joined(separator: ", ")]
            return Report(text: lines.joined(separator: "\n"), exitCode: lint.exitCode)
        }

        private static func count(_ number: Int, _ noun: String) -> String {
            "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
        }
    }

    /// `tipline runbooks match`: which ones fit an event in a file, and why.
    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which runbooks fit an event, and why.",
            discussion: "tipline runbooks match --event event.json --runbooks ~/our-runbooks")

        enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

        @Option(help: ArgumentHelp("The event, as GlitchTip or an SDK writes it.", valueName: "file"))
        var event: String
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(
                "Folders of runbooks, or addresses of git repositories (default: those that ship).",
                valueName: "folder"))
        var runbooks: [String] = []
        @Option(help: ArgumentHelp("The project, which is not in an event.", valueName: "slug"))
        var project: String?
        @Option(help: "The level, which is not in an event.")
        var level: Issue.Level?
        @Option(help: "How to print it.")
        var format = Format.text

        func run() async throws {
            let (text, troubles) = try await output()
            // What is out might have fitted.
            for trouble in troubles { complain(trouble.description) }
            print(text)
        }

        func output() async throws -> (text: String, troubles: [Trouble]) {
            var subject = Subject(issue: nil, event: try EventFile.read(event))
            subject.project = project
            subject.level = level
            let shelf = await shelf(of: runbooks)
            let offer = shelf.matching.match(subject)
            let text =
                switch format {
                case .text: Self.text(offer)
                case .json: String(decoding: try Self.json(offer), as: UTF8.self)
                }
            return (text, shelf.troubles)
        }

        private static func text(_ offer: Matching.Offer) -> String {
            var lines = offer.matches.flatMap { match in
                ["\(match.runbook.name)  \(match.score)  \(match.runbook.title)"] + match.reasons.map { "  \($0)" }
                    + (match.runbook.name == offer.linked?.runbook.name
                        ? ["  It would be linked without asking."] : [])
            }
            if lines.isEmpty { lines = ["No runbook fits."] }
            lines += offer.tooSlow.map { "\($0): a regular expression took too long on this event." }
            return lines.joined(separator: "\n")
        }

        private static func json(_ offer: Matching.Offer) throws -> Data {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(Printed(offer))
        }

        private struct Printed: Encodable {
            struct Match: Encodable {
                let name: String
                let title: String
                let file: String
                let score: Double
                let reasons: [String]
            }
            let linked: String?
            let matches: [Match]
            let tooSlow: [String]

            private enum CodingKeys: String, CodingKey {
                case linked, matches
                case tooSlow = "too_slow"
            }

            init(_ offer: Matching.Offer) {
                linked = offer.linked?.runbook.name.text
                matches = offer.matches.map {
                    Match(
                        name: $0.runbook.name.text, title: $0.runbook.title, file: $0.runbook.file, score: $0.score,
                        reasons: $0.reasons)
                }
                tooSlow = offer.tooSlow.map(\.text)
            }
        }
    }

    /// What is there now; those that ship where nothing is named.
    private static func shelf(of folders: [String]) async -> Shelf {
        await shelf(
            of: folders.map { RunbookPlace(text: $0) ?? .folder($0) },
            shipped: folders.isEmpty ? ShippedRunbooks.folder : nil)
    }

    /// What is there now. Repositories with an address are cloned for it, and the clones removed.
    static func shelf(of places: [RunbookPlace], shipped: String?) async -> Shelf {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-runbooks-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkouts = Checkouts(places.compactMap(\.repository), folder: folder, patience: .seconds(12))
        await checkouts.refresh()
        let shelf = await Library(places.map { $0.source(checkouts) }, shipped: shipped).current()
        await checkouts.close()
        return shelf
    }
}

extension Issue.Level: ExpressibleByArgument {}
