/// Wakes the loops that wait for the ledger to change.
package actor Bell {
    /// How often it rang: a loop takes the number before it looks at the ledger and waits for a later one, so that
    /// a ring in between is not missed.
    package private(set) var count = 0
    private var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
    private var lastWaiter = 0

    package init() {}

    package func ring() {
        count += 1
        for waiter in waiters.values { waiter.finish() }
        waiters = [:]
    }

    /// Returns as soon as it has rung more than `count` times, at the latest after `limit`, or when cancelled.
    package nonisolated func wait(after count: Int, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(after: count) }
            group.addTask { try? await Task.sleep(for: limit) }  // Throws when cancelled: the end of the wait too.
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after count: Int) async {
        guard self.count <= count else { return }
        lastWaiter += 1
        let waiter = lastWaiter
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        waiters[waiter] = continuation
        defer { waiters[waiter] = nil }
        for await _ in stream {}
    }
}
