import Testing

@testable import tipline

/// What the log writes, where somebody hostile has a word in it.
@Suite struct LogLinesTests {
    @Test(arguments: [
        ("all well\n", "all well\n"),
        (
            "error=a\n2026-11-25T08:00:00 notice tipline: stopped\n",
            "error=a 2026-11-25T08:00:00 notice tipline: stopped\n"
        ),
        ("\u{1B}[2J\u{1B}]8;;http://evil.example\u{07}x\u{9B}31m\r\n", "[2J]8;;http://evil.examplex31m\n"),
        ("a\u{202E}b\u{2028}c\u{200B}d\n", "abcd\n"), ("käse 👩‍👩‍👧‍👦\tx\n", "käse 👩‍👩‍👧‍👦 x\n"),
    ])
    func `an entry is one line that steers nothing`(entry: String, line: String) {
        #expect(LogLines.line(entry) == line)
    }
}
