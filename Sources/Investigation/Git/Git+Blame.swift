import FoundationEssentials

/// Who wrote one line last.
struct BlamedLine: Sendable, Hashable {
    let line: Int
    let sha: String
}

/// The answer of one `git blame`.
struct Blame: Sendable {
    var lines: [BlamedLine] = []
    var commits: [String: Commit] = [:]
    /// Those of them that have no parent in the clone.
    var roots: Set<String> = []
    /// Whether git was stopped on the way back, and nothing older is known than the oldest of these commits.
    var isCut = false

    var oldest: Date? { commits.values.map(\.date).min() }
}

extension Git {
    /// Who wrote these lines of a file, white space and moves inside of it aside, looking back from the revision only.
    ///
    /// git tells the newest first, so one that takes long is stopped and has told the likelier part: after five sixteenths
    /// of what a program may take, 2.5 s, for that the whole answer is there within three (FRR's bgp_route.c has 2,200
    /// commits, and takes up to four).
    ///
    /// - Parameter ranges: within the file; git refuses others.
    /// - Parameter ignored: looked through to who wrote the line before them.
    func blame(
        _ path: String, _ ranges: [ClosedRange<Int>], at sha: String, through ignored: IgnoredCommits = .init()
    ) async throws -> Blame {
        let lines = ranges.flatMap { ["-L", "\($0.lowerBound),\($0.upperBound)"] }
        let through = ignored.shas.isEmpty ? [] : ["--ignore-revs-file", "/dev/stdin"]
        let output = try await output(
            ["blame", "--incremental", "-w", "-M"] + through + lines + [sha, "--", path],
            input: Array(ignored.shas.sorted().joined(separator: "\n").utf8), patience: limit * 5 / 16)
        guard output.exitCode == 0 || output.isCut else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        var blame = Self.read(incremental: output.bytes)
        blame.isCut = output.isCut
        return blame
    }

    /// Reads entries of a commit and the lines that it wrote one after another. An entry ends with `filename`, so one that
    /// was cut off is not taken; of a commit's entries only the first says who made it.
    static func read(incremental: [UInt8]) -> Blame {
        var blame = Blame()
        var sha = ""
        var lines = 0..<0
        var author = ""
        var time: Double?
        var subject = ""
        for raw in incremental.split(separator: 0x0A) {
            let line = String(decoding: raw, as: UTF8.self)
            if line.hasPrefix("author ") {
                author = String(line.dropFirst(7))
            } else if line.hasPrefix("author-time ") {
                time = Double(line.dropFirst(12))
            } else if line.hasPrefix("summary ") {
                subject = String(line.dropFirst(8))
            } else if line == "boundary" {
                blame.roots.insert(sha)
            } else if line.hasPrefix("filename ") {
                if let time, blame.commits[sha] == nil {
                    blame.commits[sha] = Commit(
                        sha: sha, author: author, date: Date(timeIntervalSince1970: time), subject: subject)
                }
                blame.lines += lines.map { BlamedLine(line: $0, sha: sha) }
                time = nil
            } else {
                let words = line.split(separator: " ")
                guard words.count == 4, words[0].utf8.count >= 40, let first = Int(words[2]),
                    let count = Int(words[3]), count > 0,
                    words[0].utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
                else { continue }
                sha = String(words[0])
                lines = first..<first + count
            }
        }
        blame.lines.sort { $0.line < $1.line }
        return blame
    }
}
