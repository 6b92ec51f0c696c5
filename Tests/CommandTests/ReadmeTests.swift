import Domain
import FoundationEssentials
import Testing

/// README's table of commands is the one in the code.
@Suite struct ReadmeTests {
    @Test func `lists every command, as its manual has it`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let rows = try TestBot().manuals.map { manual in
            let who = manual.role == .observer ? "everybody" : "\(manual.role)s"
            return "| `\(manual.line.escapingPipes)` | \(manual.summary) | \(who) |"
        }
        let header = "| you write | what it does | who may |"
        let table = ([header, "|---|---|---|"] + rows).joined(separator: "\n")
        let start = try #require(readme.firstRange(of: header)).lowerBound
        let end = try #require(readme[start...].firstRange(of: "\n\n")).lowerBound
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try Data((readme[..<start] + table + readme[end...]).utf8).write(to: file)
        }
        #expect(readme[start..<end] == table, "RECORD=1 swift test --filter ReadmeTests writes it anew")
    }
}

extension String {
    /// A pipe would end the cell.
    fileprivate var escapingPipes: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
