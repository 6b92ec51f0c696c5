/// The indexes of the commits read last: the next investigation of the same commit finds its files at once.
actor PathIndexes {
    // An index of FRRouting's 7,000 files takes 2 MiB.
    private static let most = 4

    private struct Key: Hashable {
        let repository: Repository
        let sha: String
    }

    /// The one used last is at the end.
    private var kept: [(key: Key, index: PathIndex)] = []

    /// - Parameter files: lists them, when the commit was not read lately.
    func index(
        of repository: Repository, at sha: String, from files: @Sendable () async throws -> TreeListing
    ) async throws -> PathIndex {
        let key = Key(repository: repository, sha: sha)
        let known = kept.first { $0.key == key }?.index
        let index = if let known { known } else { PathIndex(try await files(), folder: repository.folder) }
        kept.removeAll { $0.key == key }
        kept.append((key, index))
        kept = kept.suffix(Self.most)
        return index
    }
}
