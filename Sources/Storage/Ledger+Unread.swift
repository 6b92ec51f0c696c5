/// Updates that nobody could begin to handle.
extension Ledger {
    /// Takes back the attempt that `nextUpdate` counted: nothing was done with the update, for want of somebody else.
    package func putBack(update id: Int) async throws {
        try await change(
            "UPDATE inbox SET attempts = attempts - 1 WHERE update_id = $1 AND attempts > 0 AND finished_at IS NULL",
            [.integer(id)])
    }
}
