/// What went wrong with the ledger, in words for whoever operates the bot.
package enum LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or its folder cannot be opened or written.
    case cannotOpen(path: String, reason: String)
    /// Another process works with it.
    case inUse(path: String)
    /// The file is damaged, or something else than a ledger.
    case notALedger(path: String)
    /// Written by a newer Tipline, whose schema we do not know.
    case newer(version: Int, known: Int)
    /// The process that works with it is an older Tipline; we may not change its schema.
    case older(version: Int, known: Int)
    case full
    /// Any other complaint of the database.
    case failed(String)
    /// A column holds something else than the schema says.
    case unexpected(String)

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "the ledger \(path) cannot be opened: \(reason)"
        case .inUse(let path): "another process is using the ledger \(path); only one may"
        case .notALedger(let path): "\(path) is damaged, or not a ledger of Tipline"
        case .newer(let version, let known):
            "the ledger was written by a newer Tipline (schema \(version), this one knows \(known))"
        case .older(let version, let known):
            "an older Tipline is using the ledger (schema \(version), this one has \(known)); restart it first"
        case .full: "the disk of the ledger is full"
        case .failed(let reason): "the ledger failed: \(reason)"
        case .unexpected(let column): "the ledger holds something unexpected in \(column)"
        }
    }
}
