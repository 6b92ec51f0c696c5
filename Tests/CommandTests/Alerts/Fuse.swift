import Storage

/// Ends a process in the middle of what it does: from then on nothing that it does has an effect.
actor Fuse {
    struct Blown: Error {}

    private var left: Int

    /// - Parameter left: how many steps are still done.
    init(_ left: Int) { self.left = left }

    var isBlown: Bool { left <= 0 }

    func burn() throws {
        guard left > 0 else { throw Blown() }
        left -= 1
    }
}

/// A ledger whose process may end before a commit, or right after it.
struct FusedDatabase: Database {
    let database: any Database
    let fuse: Fuse

    func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await fuse.burn()
        let result = try await database.transaction(work)
        try await fuse.burn()
        return result
    }
}
