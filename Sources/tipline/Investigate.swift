import ArgumentParser
import Domain
import FoundationEssentials
import GlitchTip
import Investigation

/// `tipline investigate`: one investigation, to standard output; of an issue in GlitchTip, or of an event in a file.
struct Investigate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the code and the likely commit behind an issue, once.",
        discussion: """
            tipline investigate SHOP-WEB-2 --comment
            tipline investigate --event event.json --repo ~/shop-web --at v2.3.1 --format json
            tipline investigate --event event.json --repo ~/shop-web --repo ~/mono#libs/shop
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown, json }

    @Argument(help: "A number, a short id or a link.")
    var issue: String?
    @Option(help: ArgumentHelp("Read the event from this file instead; no server is asked.", valueName: "file"))
    var event: String?
    @Option(
        help: ArgumentHelp(
            "With --event: the clone to read, and behind a # a folder in it. Again for a further one of the same project.",
            valueName: "folder"))
    var repo: [String] = []
    @Option(help: ArgumentHelp("With --event: the commit, tag or branch to read.", valueName: "revision"))
    var at: String?
    @Option(help: ArgumentHelp("With --event: a folder of events that were seen before.", valueName: "folder"))
    var seen: String?
    @Option(help: "How to print it.")
    var format = Format.text
    @Flag(help: "Write the finding as a comment under the issue.")
    var comment = false
    @Flag(help: "With --comment: print what would be written, and write nothing.")
    var dryRun = false
    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        guard (issue == nil) != (event == nil) else { throw ValidationError("Give either an issue or --event FILE.") }
        if event == nil, !repo.isEmpty || at != nil || seen != nil {
            throw ValidationError("--repo, --at and --seen go with --event.")
        }
        if event != nil, comment { throw ValidationError("--comment needs an issue; an event in a file has none.") }
        if dryRun, !comment { throw ValidationError("--dry-run goes with --comment.") }
    }

    func run() async throws {
        if let event {
            let file = EventFile(path: event, repositories: repo, revision: at, seen: seen)
            print(try Self.text(try await file.investigate(), as: format))
        } else if let issue {
            try await investigate(issue)
        }
    }

    private func investigate(_ text: String) async throws {
        guard let reference = IssueReference(text: text) else {
            throw ValidationError("“\(text)” is no issue: give a number, a short id or a link.")
        }
        // In one expression it crashes the optimizer of Swift 6.3.1.
        let configuration = try options.configuration(needsTelegram: false)
        let app = App(configuration, log: options.log)
        do {
            let result = try await app.desk.investigate(reference, fresh: true, at: Date()) { _ in }
            if comment, dryRun {
                print("Would write under \(result.issue.shortID):\n\n\(result.finding.markdown(for: nil))")
            } else {
                print(try Self.text(result.finding, as: format))
                if comment {
                    let isNew = try await app.desk.comment(result, for: nil)
                    complain(isNew ? "written under \(result.issue.shortID)" : "the same finding is there already")
                }
            }
        } catch let error as GlitchTipError {
            throw Failed("GlitchTip: \(error.explanation)")
        }
        await app.clones.close()
    }

    private static func text(_ finding: Finding, as format: Format) throws -> String {
        switch format {
        case .text: finding.text()
        case .markdown: finding.markdown(for: nil)
        case .json: String(decoding: try finding.json(), as: UTF8.self)
        }
    }
}
