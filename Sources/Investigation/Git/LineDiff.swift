/// The hunks of `git diff -U0` for one file: where each old line is by now.
struct LineDiff: Sendable {
    let hunks: [Hunk]
    let isDeleted: Bool
    /// Where the file is by now, when it has another name.
    let newPath: String?

    init(_ output: [UInt8], newPath: String? = nil) {
        self.newPath = newPath
        let lines = output.split(separator: 0x0A)
        isDeleted = lines.prefix(5).contains { $0.starts(with: "deleted file mode".utf8) }
        // Content begins with + or -, so a line that begins with @@ is git's own.
        hunks = lines.compactMap { Hunk(String(decoding: $0.prefix(80), as: UTF8.self)) }
    }

    func isChanged(_ line: Int) -> Bool { isDeleted || hunks.contains { $0.replaces(line) } }

    func touches(_ lines: ClosedRange<Int>) -> Bool { isDeleted || hunks.contains { $0.touches(lines) } }

    /// "moved to line 44 since"; nil for a line that is where it was, as it was.
    func fate(of line: Int) -> String? {
        if isDeleted { return "its file is gone since" }
        if let hunk = hunks.first(where: { $0.replaces(line) }) {
            let words = hunk.new == nil ? "gone since" : "changed since"
            return newPath.map { "its file moved to \(Self.shown($0)), the line is \(words)" } ?? words
        }
        let now = line + hunks.filter { $0.isBefore(line) }.reduce(0) { $0 + $1.growth }
        if let newPath { return "moved to \(Self.shown(newPath)):\(now) since" }
        return now == line ? nil : "moved to line \(now) since"
    }

    private static func shown(_ path: String) -> String { Finding.clean(path, atMost: 160) }

    /// `@@ -31,2 +31,4 @@`
    struct Hunk: Sendable {
        private let start: Int
        private let count: Int
        private let newCount: Int
        let new: ClosedRange<Int>?

        init?(_ line: String) {
            let words = line.split(separator: " ")
            guard words.count >= 4, words[0] == "@@", let old = Self.range(words[1]), let new = Self.range(words[2])
            else { return nil }
            (start, count, newCount) = (old.start, old.count, new.count)
            self.new = new.count > 0 ? new.start...(new.start + new.count - 1) : nil
        }

        var growth: Int { newCount - count }

        func replaces(_ line: Int) -> Bool { line >= start && line < start + count }

        /// An insertion has no old lines; it stands after the one it names.
        func isBefore(_ line: Int) -> Bool { count == 0 ? start < line : start + count <= line }

        /// Of what was only put in, what stands before the line: behind it begins something else.
        func touches(_ line: Int, within reach: Int) -> Bool {
            count == 0
                ? start < line && start >= line - reach : line >= start - reach && line <= start + count - 1 + reach
        }

        func touches(_ lines: ClosedRange<Int>) -> Bool {
            count == 0
                ? lines.dropLast().contains(start) : start <= lines.upperBound && start + count > lines.lowerBound
        }

        private static func range(_ word: Substring) -> (start: Int, count: Int)? {
            let numbers = word.dropFirst().split(separator: ",").map { $0.lineNumber }
            guard let first = numbers.first, let start = first else { return nil }
            return (start, numbers.count > 1 ? numbers[1] ?? 1 : 1)
        }
    }
}
