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
}

extension Git {
    /// Who wrote these lines of a file, white space and moves inside of it aside, looking back from the revision only.
    ///
    /// - Parameter ranges: within the file; git refuses others.
    /// - Parameter ignored: looked through to who wrote the line before them.
    func blame(
        _ path: String, _ ranges: [ClosedRange<Int>], at sha: String, through ignored: IgnoredCommits = .init()
    ) async throws -> Blame {
        let lines = ranges.flatMap { ["-L", "\($0.lowerBound),\($0.upperBound)"] }
        let through = ignored.shas.isEmpty ? [] : ["--ignore-revs-file", "/dev/stdin"]
        let output = try await run(
            ["blame", "--porcelain", "-w", "-M"] + through + lines + [sha, "--", path],
            input: Array(ignored.shas.sorted().joined(separator: "\n").utf8))
        return Self.read(porcelain: output)
    }

    static func read(porcelain: [UInt8]) -> Blame {
        var blame = Blame()
        var sha = ""
        var author: [String: String] = [:]
        var time: [String: Double] = [:]
        var subject: [String: String] = [:]
        for raw in porcelain.split(separator: 0x0A) where raw.first != 0x09 {
            let line = String(decoding: raw, as: UTF8.self)
            if line.hasPrefix("author ") {
                author[sha] = String(line.dropFirst(7))
            } else if line.hasPrefix("author-time ") {
                time[sha] = Double(line.dropFirst(12))
            } else if line.hasPrefix("summary ") {
                subject[sha] = String(line.dropFirst(8))
            } else {
                let words = line.split(separator: " ")
                guard words.count >= 3, words[0].utf8.count >= 40, let number = Int(words[2]),
                    words[0].utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
                else { continue }
                sha = String(words[0])
                blame.lines.append(BlamedLine(line: number, sha: sha))
            }
        }
        for (sha, seconds) in time {
            blame.commits[sha] = Commit(
                sha: sha, author: author[sha] ?? "", date: Date(timeIntervalSince1970: seconds),
                subject: subject[sha] ?? "")
        }
        return blame
    }
}
