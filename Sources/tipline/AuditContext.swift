import ArgumentParser
import ContextAudit

/// `tipline audit-context`: which capture calls in a code base send events that nobody can triage quickly.
struct AuditContext: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find capture calls that send too little to triage by.",
        discussion: """
            Looks for captureException, capture_message and their like in JavaScript,
            TypeScript, Python, PHP, Ruby, Java, Kotlin and Go, and says which lack
            tags, user, release, extra data or a scope of their own.

            tipline audit-context ~/shop-web
            tipline audit-context . --templates
            tipline audit-context . --require tags,extra --limit 20

            The last one is for CI: exit code 1 when more than 20 calls lack either.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The folder to look into.")
    var folder: String
    @Option(
        help: ArgumentHelp(
            "What a call must have: of tags, user, release, extra and scope, separated by commas. All unless given.",
            valueName: "names"))
    var require: String?
    @Option(help: ArgumentHelp("Fail when more calls than this lack something.", valueName: "number"))
    var limit: Int?
    @Option(help: "How to print it.")
    var format = Format.text
    @Flag(help: "Show how a call with context is written, in each language found.")
    var templates = false
    @Flag(help: "Count calls in tests too.")
    var includeTests = false

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is a number of calls, 0 or more.") }
        if templates, format == .json { throw ValidationError("--templates goes with --format text.") }
        _ = try required
    }

    func run() throws {
        guard let folder = SourceFolder(path: folder) else { throw ValidationError("“\(folder)” is not a folder.") }
        let report = folder.audit(includesTests: includeTests)
        let required = try required
        switch format {
        case .text: print(report.text(required: required))
        case .json: print(String(decoding: try report.json(required: required), as: UTF8.self))
        }
        if templates { print("\n" + report.templates) }

        let count = report.lacking(required).count
        if let limit, count > limit {
            throw Failed(
                "\(count == 1 ? "1 call lacks" : "\(count) calls lack") \(Self.list(required)); at most \(limit) may.")
        }
    }

    private var required: Set<Need> {
        get throws {
            guard let require else { return Set(Need.allCases) }
            return Set(
                try require.split(separator: ",", omittingEmptySubsequences: false).map { name in
                    guard let need = Need(rawValue: String(name)) else {
                        throw ValidationError("--require knows tags, user, release, extra and scope, not “\(name)”.")
                    }
                    return need
                })
        }
    }

    private static func list(_ required: Set<Need>) -> String {
        let names = Need.allCases.filter(required.contains).map(\.rawValue)
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or \(last)"
    }
}
