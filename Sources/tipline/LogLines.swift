import Domain
import Glibc
import Logging

/// Standard error, for the log: an entry is one line, whatever is in it. Text that a stranger wrote can neither begin a
/// line of its own, which could pass for ours, nor steer the terminal that it is read in.
struct LogLines: TextOutputStream, Sendable {
    func write(_ entry: String) {
        var line = Array(Self.line(entry).utf8)[...]
        while !line.isEmpty {
            let count = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            // A log that nobody takes is no reason to stop.
            guard count > 0 || errno == EINTR else { return }
            line = line.dropFirst(max(0, count))
        }
    }

    static func line(_ entry: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in entry.unicodeScalars {
            if scalar == "\n" || scalar == "\t" {
                line.append(" ")
            } else if !scalar.turnsOrHides {
                line.append(scalar)
            }
        }
        while line.last == " " { line.removeLast() }
        return String(line) + "\n"
    }
}

extension Logger {
    /// The program's own log.
    static func tipline(_ level: Level) -> Logger {
        var log = Logger(label: "tipline") { StreamLogHandler(label: $0, stream: LogLines()) }
        log.logLevel = level
        return log
    }
}
