import Glibc
import Threads

/// Gathers what is to be written and commits it together: one sync of the disk for all that came in during the last.
///
/// Each piece of work is kept or undone for itself, and is answered only when the commit is on the disk.
///
/// `@unchecked Sendable`: everything but the doorbell is touched only in `add` and `turn`, which run on the one thread
/// of `SQLite`.
final class GroupCommit: @unchecked Sendable {
    /// So that one answer does not wait for thousands of others.
    private static let mostTogether = 256

    /// Nil when it was closed.
    private var file: SQLiteFile?
    private let doorbell = Doorbell()
    private var waiting: [Work] = []

    struct Work {
        /// Does it; what is returned tells the caller, once the commit is on the disk.
        let run: (any Connection) throws -> () -> Void
        let fail: (any Error) -> Void

        init<T: Sendable>(
            _ work: @escaping @Sendable (any Connection) throws -> T, _ continuation: CheckedContinuation<T, any Error>
        ) {
            run = { connection in
                let result = try work(connection)
                return { continuation.resume(returning: result) }
            }
            fail = { continuation.resume(throwing: $0) }
        }
    }

    init(file: SQLiteFile) { self.file = file }

    func add(_ work: Work) {
        waiting.append(work)
        if waiting.count >= Self.mostTogether { commit() }
    }

    /// Commits what waits and closes the file.
    func close() {
        if !waiting.isEmpty { commit() }
        file = nil
    }

    func wake() { doorbell.ring() }

    /// Called when nothing more came in for the moment.
    func turn() {
        guard waiting.isEmpty else { return commit() }
        var source = pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&source, 1, -1) > 0 { doorbell.answer() }
    }

    private func commit() {
        let group = waiting
        waiting = []
        guard let file else { return group.forEach { $0.fail(LedgerError.failed("it was closed")) } }
        guard group.count > 1 else { return group.forEach { alone($0, file) } }
        do {
            for tell in try together(group, file) { tell() }
        } catch {
            // One that fills the disk takes the whole group with it; the others get their chance without it.
            for work in group { alone(work, file) }
        }
    }

    private func together(_ group: [Work], _ file: SQLiteFile) throws -> [() -> Void] {
        try file.transaction { connection in
            try group.map { work in
                do {
                    return try file.savepoint { try work.run(connection) }
                } catch {
                    guard file.isInTransaction else { throw error }
                    return { work.fail(error) }
                }
            }
        }
    }

    private func alone(_ work: Work, _ file: SQLiteFile) {
        do {
            try file.transaction { try work.run($0) }()
        } catch {
            work.fail(error)
        }
    }
}
