import Domain

/// Reads a stack trace out of plain text, for events that have no frames: a message, a log line, a crash report.
///
/// Takes the traces of Node and browsers, Python, Java and Kotlin, .NET, Go, Rust, Swift, Ruby, PHP, and of C and C++
/// as gdb, the sanitizers, valgrind and glibc print them. The text is a stranger's: every reader is linear in its length.
package enum TraceParser {
    // A trace is a few kilobytes; what comes after so much is not worth the time.
    private static let longestText = 256 << 10
    private static let mostLines = 5000

    /// The exceptions in the order of an event: root cause first, the crash as the last frame of each. Empty when the
    /// text holds no trace.
    package static func exceptions(in text: String) -> [Exception] {
        let lines = lines(of: text)
        var best: [Exception] = []
        var most = 0
        for read in readers {
            let found = read(lines)
            let frames = found.reduce(0) { $0 + $1.frames.count }
            if frames > most { (best, most) = (found, frames) }
        }
        return best
    }

    private static let readers: [@Sendable ([TraceLine]) -> [Exception]] = [
        PythonTrace.read, JavaScriptTrace.read, JavaTrace.read, DotNetTrace.read, GoTrace.read, RustTrace.read,
        SwiftTrace.read, RubyTrace.read, PHPTrace.read, NativeTrace.read,
    ]

    private static func lines(of text: String) -> [TraceLine] {
        var text = text
        let short = text.withUTF8 { String(decoding: $0.prefix(longestText), as: UTF8.self) }
        return short.utf8.split(separator: 0x0A, maxSplits: mostLines, omittingEmptySubsequences: false)
            .prefix(mostLines).map { TraceLine(Substring($0)) }
    }
}
