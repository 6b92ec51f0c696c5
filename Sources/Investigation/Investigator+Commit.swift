import Domain

extension Investigator {
    /// Where a clone was cloned from, as git has it; nil when it does not say.
    package func origin(of path: String) async -> String? {
        let output = try? await git(Repository(path: path)).output(["remote", "get-url", "origin"])
        return output.flatMap { $0.exitCode == 0 ? $0.firstLine : nil }
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
