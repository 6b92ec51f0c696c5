/// Commits that a repository asks blame to look through, as forges do: they only reformat or move.
struct IgnoredCommits: Sendable {
    /// The name that GitHub, GitLab and `git config blame.ignoreRevsFile` share.
    static let place = ".git-blame-ignore-revs"

    /// Whole hashes.
    let shas: Set<String>

    // A file of strangers must not become an endless list.
    private static let most = 5000

    init(_ text: SourceText? = nil) {
        guard let text, text.count > 0 else {
            shas = []
            return
        }
        shas = Set(
            (1...min(text.count, Self.most)).compactMap { number in
                // A comment may stand behind a hash.
                let word = text.line(number).split(separator: "#", omittingEmptySubsequences: false)[0][...].trimmed
                return Self.isHash(word) ? word.lowercased() : nil
            })
    }

    /// Git refuses the whole file for one short hash.
    private static func isHash(_ word: Substring) -> Bool {
        (word.utf8.count == 40 || word.utf8.count == 64) && word.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}
