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
    /// What is being listed, and who waits for it: two investigations of one commit share the work.
    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

    /// - Parameter files: lists them, when the commit was not read lately.
    func index(
        of repository: Repository, at sha: String, from files: @Sendable () async throws -> TreeListing
    ) async throws -> PathIndex {
        let key = Key(repository: repository, sha: sha)
        while waiting[key] != nil {
            await withCheckedContinuation { waiting[key]?.append($0) }
        }
        if let known = kept.first(where: { $0.key == key })?.index {
            keep(known, as: key)
            return known
        }
        waiting[key] = []
        // Also when it fails: the next in line tries for itself.
        defer { for waiter in waiting.removeValue(forKey: key) ?? [] { waiter.resume() } }
        let index = PathIndex(try await files(), folder: repository.folder)
        keep(index, as: key)
        return index
    }

    private func keep(_ index: PathIndex, as key: Key) {
        kept.removeAll { $0.key == key }
        kept.append((key, index))
        kept = kept.suffix(Self.most)
    }
}
