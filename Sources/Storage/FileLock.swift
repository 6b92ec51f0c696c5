import Glibc

/// Keeps a second bot off a ledger: SQLite alone would let two share it, and each message would be sent twice.
///
/// The system takes the lock back when the process ends, however it ends; the empty file stays.
final class FileLock: Sendable {
    private let descriptor: Int32
    /// A bot that was killed may leave a child that has not yet become git: for that moment it holds the lock too. And the
    /// old one may still be closing when systemd starts the new one.
    private static let tries = 20
    private static let pause: UInt32 = 50_000

    /// Locks `path`.lock, or throws after a second.
    init(beside path: String) throws(LedgerError) {
        let file = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        for attempt in 1...Self.tries {
            if flock(file, LOCK_EX | LOCK_NB) == 0 {
                descriptor = file
                return
            }
            if attempt < Self.tries { usleep(Self.pause) }
        }
        close(file)
        throw .inUse(path: path)
    }

    deinit { close(descriptor) }
}
