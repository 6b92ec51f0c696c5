import Testing
import Threads

@Suite struct ThreadExecutorTests {
    private actor Counter {
        private let executor = ThreadExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private(set) var count = 0

        func increment() {
            preconditionIsolated()
            count += 1
        }
    }

    @Test func `runs every job of its actor, one at a time`() async {
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 { group.addTask { await counter.increment() } }
        }
        #expect(await counter.count == 1000)
    }
}
