import FoundationEssentials
import Testing

/// Texts too long to stand in a test: files in `Golden/`.
///
/// `RECORD=1 swift test` writes them anew and fails, so that no recording passes unread.
enum Golden {
    static func expect(
        _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try Data((text + "\n").utf8).write(to: file)
            Testing.Issue.record("recorded \(name); read it, then test again", sourceLocation: sourceLocation)
        } else {
            let golden = try String(contentsOf: file, encoding: .utf8)
            #expect(text + "\n" == golden, sourceLocation: sourceLocation)
        }
    }
}
