import Glibc

/// Keeps a second bot off a ledger: SQLite alone would let two share it, and each message would be sent twice.
///
/// The system takes the lock back when the process ends, however it ends; the empty file stays.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Locks `path`.lock, or throws.
    init(beside path: String) throws(LedgerError) {
        let file = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .inUse(path: path)
        }
        descriptor = file
    }

    deinit { close(descriptor) }
}
