import Domain

extension Investigator {
    /// Where commits and lines of a clone can be looked at, by its `origin`; nil when that does not tell.
    package func forge(of repository: Repository) async -> Forge? {
        let output = try? await git(repository).output(["remote", "get-url", "origin"])
        guard let output, output.exitCode == 0 else { return nil }
        return Forge(remote: output.firstLine)
    }

    /// The commit behind a full or short hash; nil when the clone has none by it, or several.
    ///
    /// - Parameter person: who says that it was this one.
    package func commit(
        _ sha: String, in repository: Repository, saidBy person: String
    ) async -> Finding.TaughtCommit? {
        guard let commit = (try? await git(repository).commits(named: [sha]))?.first ?? nil else { return nil }
        return Finding.TaughtCommit(
            sha: commit.sha, author: Finding.clean(commit.author, atMost: 100), date: commit.date,
            subject: Finding.clean(commit.subject, atMost: 200), person: person)
    }
}
