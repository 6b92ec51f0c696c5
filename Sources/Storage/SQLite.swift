import Threads

/// The ledger as a file, on a thread of its own.
///
/// WAL, and every commit is synced to the disk before it returns (`synchronous = FULL`): an alert that was acknowledged
/// must survive a power cut too, not only `kill -9`. What comes in while a commit is under way is committed together,
/// so that a slow disk costs time but not throughput.
package actor SQLite: Database {
    private let commits: GroupCommit
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens or makes the file, and its folder; brings its schema up to date. Throws a `LedgerError`.
    package init(path: String) throws {
        let file = try SQLiteFile.open(path)
        try file.transaction { try Migration.applyAll(to: $0, translating: SQLiteFile.dialect) }
        self.init(GroupCommit(file: file))
    }

    /// Opens a ledger that another process works with, for the short visit of a command. SQLite keeps the two apart, one
    /// transaction at a time; the schema is the other's, and has to be the one that we know. Throws a `LedgerError`.
    package init(visiting path: String) throws {
        let file = try SQLiteFile.visit(path)
        try file.transaction { try Migration.check($0) }
        self.init(GroupCommit(file: file))
    }

    private init(_ commits: GroupCommit) {
        self.commits = commits
        executor = ThreadExecutor(idle: .init(wait: { commits.turn() }, wake: { commits.wake() }))
    }

    package func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            commits.add(GroupCommit.Work(work, continuation))
        }
    }

    /// Lets go of the file, so that it can be opened again at once. What comes later fails.
    package func close() { commits.close() }
}
