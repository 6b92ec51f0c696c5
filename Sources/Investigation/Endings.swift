import Domain
import FoundationEssentials

/// Finds the commits that have to do with how similar issues ended. Costs nothing when none was resolved.
struct Endings: Sendable {
    let git: Git

    // More words of one comment look like hashes only in a list of something else.
    private static let mostHashes = 4

    /// The issues with the commit that names each of them, or that its last comment names.
    func complete(_ similar: [Finding.SimilarIssue]) async -> [Finding.SimilarIssue] {
        let resolved = similar.filter { $0.status == .resolved }
        guard let oldest = resolved.map(\.firstSeen).min() else { return similar }
        let said = resolved.map { Self.hashes(in: $0.ending.lastComment ?? "") }
        let hashes = said.flatMap(\.self)
        async let mentions = try? git.mentions(of: resolved.map(\.shortID), since: oldest)
        async let named = hashes.isEmpty ? [] : try? git.commits(named: hashes)
        let naming = await mentions ?? [:]
        let known = Dictionary(zip(hashes, await named ?? [])) { first, _ in first }
        let fixes = zip(resolved, said).map { issue, hashes in
            let spoken = hashes.lazy.compactMap { known[$0] ?? nil }.first
            return naming[issue.shortID].map { Finding.Ending.Fix($0, namesTheIssue: true) }
                ?? spoken.map { Finding.Ending.Fix($0, namesTheIssue: false) }
        }
        let byIssue = Dictionary(zip(resolved.map(\.id), fixes)) { first, _ in first }
        return similar.map { issue in
            var issue = issue
            // Another repository may have told before.
            issue.ending.fix = issue.ending.fix ?? byIssue[issue.id] ?? nil
            return issue
        }
    }

    /// Those of the commits that the endings name which this clone has.
    func commits(of similar: [Finding.SimilarIssue]) async -> Set<String> {
        let names = similar.map(\.ending).flatMap { [$0.fix?.sha, $0.culprit?.sha, $0.named?.sha].compactMap(\.self) }
        guard !names.isEmpty else { return [] }
        let found = try? await git.commits(named: Reading.unique(names, atMost: .max))
        return Set((found ?? []).compactMap { $0?.sha })
    }

    /// What may be a commit: seven digits and letters at least, and both of them.
    static func hashes(in text: String) -> [String] {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let hashes = words.filter { word in
            (7...40).contains(word.utf8.count) && word.utf8.allSatisfy(\.isHexDigit) && word.contains(where: \.isNumber)
                && word.contains(where: \.isLetter)
        }
        return Array(hashes.prefix(mostHashes)).map { $0.lowercased() }
    }
}
