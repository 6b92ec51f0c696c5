import FoundationEssentials

extension Finding {
    /// The form that `--format json` prints: issue, files, suspects, timings.
    package func json() throws -> [UInt8] {
        let wire = Wire(
            issue: issueID?.description,
            files: files.prefix(10).map {
                .init(path: $0.path, line: $0.line, score: $0.score, url: link(to: $0.path, $0.line))
            },
            suspects: suspects.prefix(10).map {
                .init(
                    sha: $0.sha, repository: source(of: $0.sha)?.name, score: $0.score, likely: $0.isLikely,
                    reasons: $0.reasons, url: link(toCommit: $0.sha))
            },
            timings: .init(
                total_ms: totalMilliseconds, steps: steps.map { .init(name: $0.name, ms: $0.milliseconds) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(wire))
    }
}

private struct Wire: Encodable {
    let issue: String?
    let files: [File]
    let suspects: [Suspect]
    let timings: Timings

    struct File: Encodable {
        let path: String
        let line: Int?
        let score: Double
        /// Left out, as in `Suspect`, where the forge is not known.
        let url: String?
    }

    struct Suspect: Encodable {
        let sha: String
        /// Left out where there is one only.
        let repository: String?
        let score: Double
        let likely: Bool
        let reasons: [String]
        let url: String?
    }

    struct Timings: Encodable {
        let total_ms: Int
        let steps: [Step]
    }

    struct Step: Encodable {
        let name: String
        let ms: Int
    }
}
