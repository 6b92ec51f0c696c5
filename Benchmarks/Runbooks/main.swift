import Domain
import FoundationEssentials
import Glibc
import Runbooks

// Reads 1,000 runbooks and matches issues against them; see ../runbooks.

let count = 1000

/// Each of the ways in which rules are written, for something of its own.
func rules(_ number: Int, _ kind: Kind) -> String {
    switch kind {
    case .words:
        "  - {type: Service\(number)Error, message: shard \(number) is read only}\n  - message: lease of worker\(number) lost"
    case .patterns:
        "  - message_regex: '(shard|replica) \(number) (is|was) \\w+'\n  - message_regex: 'code:? ?E\(number)\\b'"
    // Nothing in them must be there, so each is searched for in all frames.
    case .choices: "  - path_regex: '(client\(number)|server\(number))\\.(js|py)$'"
    case .paths:
        "  - path_regex: '(^|/)service\(number)/.*\\.(js|py)$'\n  - path_regex: '[a-z]+/client\(number)\\.java$'"
    }
}

enum Kind: String, CaseIterable { case words, patterns, paths, choices }

func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

/// 1,000 files in a folder of their own: 200 of each that ships, or so many of one kind.
func fill(_ folder: String, _ kind: Kind?) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let shipped = try FileManager.default.contentsOfDirectory(atPath: CommandLine.arguments[1])
        .filter { $0.hasSuffix(".md") && $0 != "README.md" }
        .map { try String(contentsOfFile: CommandLine.arguments[1] + "/" + $0, encoding: .utf8) }
    for number in 0..<count {
        let text = kind.map { "---\ntitle: Number \(number)\nmatches:\n\(rules(number, $0))\n---\n## Check\n- Look.\n" }
        try write(text ?? shipped[number % shipped.count], "\(folder)/r\(number).md")
    }
}

/// An ordinary crash: a message of some words, 40 frames, 12 tags.
func subject(_ number: Int) -> Subject {
    let frames = (0..<40).map {
        Frame(filename: "/srv/shop/node_modules/express/lib/router/layer\($0 * number % 97).js", function: "handle")
    }
    let tags = (0..<12).map { Tag(key: "tag\($0)", value: "value \($0 * number)") }
    let message = "could not load order \(number): remote said 418 after \(number * 7) ms, see request a8f\(number)c1"
    return Subject(
        issue: nil,
        event: Event(
            id: "", title: "", transaction: "GET /orders/:id",
            exceptions: [
                Exception(type: "FetchError", value: "unexpected end of file", frames: frames),
                Exception(type: "OrderError", value: message, frames: frames),
            ], tags: tags))
}

/// Processor time of the process: the wall clock would measure what else the machine does.
func cpu(_ work: () async -> Void) async -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }
    let start = now()
    await work()
    return now() - start
}

func shown(_ milliseconds: Double) -> String { "\((milliseconds * 100).rounded() / 100) ms" }

/// As many as the ledger gives, each like an ordinary crash in half of its frames.
let solvedCount = 200

func solved(with runbooks: [Runbook]) -> [Solved] {
    (0..<solvedCount).map { number in
        Solved(
            runbook: runbooks[number % runbooks.count].name, issue: "SHOP-WEB-\(number)",
            sketch: Sketch(subject(number + 1000)))
    }
}

/// Of 500 issues that nothing fits, the quickest first.
func times(_ shelf: Shelf, solved: [Solved]) async -> [Double] {
    var times: [Double] = []
    var found = 0
    for number in 1...500 {
        let subject = subject(number)
        times.append(await cpu { found += shelf.matching.match(subject, solved: solved).matches.count })
    }
    guard !solved.isEmpty || found == 0 else { fatalError("found \(found)") }
    return times.sorted()
}

let parent = FileManager.default.temporaryDirectory.path() + "/tipline-runbooks-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: parent) }
let kinds = [nil] + Kind.allCases.map(Optional.some)
for kind in kinds { try fill("\(parent)/\(kind?.rawValue ?? "shipped")", kind) }
// Files that changed within two seconds are read each time.
try await Task.sleep(for: .seconds(3))

print(
    "| 1,000 runbooks | first read | looking for changes | match, median | 99th percentile | with \(solvedCount) solved issues, median |\n|---|---|---|---|---|---|"
)
for kind in kinds {
    let library = Library(folders: ["\(parent)/\(kind?.rawValue ?? "shipped")"])
    let read = await cpu { _ = await library.current() }
    let look = await cpu { _ = await library.current() }
    let shelf = await library.current()
    guard shelf.runbooks.count == count, shelf.troubles.isEmpty else { fatalError("\(shelf.troubles.prefix(3))") }
    let plain = await times(shelf, solved: [])
    let compared = await times(shelf, solved: solved(with: shelf.runbooks))
    let figures = [read, look, plain[250], plain[495], compared[250]].map(shown).joined(separator: " | ")
    print("| \(kind?.rawValue ?? "200 × the five that ship") | \(figures) |")
}
