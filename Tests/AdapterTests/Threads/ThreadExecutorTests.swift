import Glibc
import Processes
import Testing
import Threads

@Suite(.timeLimit(.minutes(5))) struct ThreadExecutorTests {
    private actor Counter {
        private let executor = ThreadExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private(set) var count = 0

        func increment() {
            preconditionIsolated()
            count += 1
        }
    }

    /// Blocks its thread until a byte can be read.
    private actor Reader {
        private let executor = ThreadExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func waitForByte(at descriptor: Int32) -> Int {
            var byte: UInt8 = 0
            return read(descriptor, &byte, 1)
        }
    }

    /// Writes into a pipe that nobody reads.
    private actor Writer {
        private let executor = ThreadExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func write(to descriptor: Int32) -> Int32 {
            var byte: UInt8 = 0
            return Glibc.write(descriptor, &byte, 1) < 0 ? errno : 0
        }
    }

    /// Tells when nobody has it any more.
    private final class Token: Sendable {
        private let released: AsyncStream<Void>.Continuation

        init(_ released: AsyncStream<Void>.Continuation) { self.released = released }

        deinit { released.finish() }
    }

    @Test func `runs every job of its actor, one at a time`() async {
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 { group.addTask { await counter.increment() } }
        }
        #expect(await counter.count == 1000)
    }

    @Test func `lets everybody else go on while many of them block`() async throws {
        let (exit, entrance) = try pipeEnds()
        defer { [exit, entrance].forEach { close($0) } }
        let count = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<64 { group.addTask { await Reader().waitForByte(at: exit) } }
            // Gets its turn only when the pool is free, which has a thread or two for each core.
            group.addTask { write(entrance, [UInt8](repeating: 0, count: 64), 64) }
            return await group.reduce(0, +)
        }
        #expect(count == 128)
    }

    @Test func `ends its thread when nobody needs it any more`() async {
        let (released, continuation) = AsyncStream.makeStream(of: Void.self)
        do {
            let bell = Doorbell()
            let token = Token(continuation)
            // The thread holds the token for as long as it runs.
            let executor = ThreadExecutor(
                idle: .init(
                    wait: {
                        withExtendedLifetime(token) {}
                        bell.waitForRing()
                    }, wake: { bell.ring() }))
            withExtendedLifetime(executor) {}
        }
        for await _ in released {}
    }

    @Test func `hears of a closed pipe by an error, not by a signal that ends the process`() async throws {
        let (exit, entrance) = try pipeEnds()
        close(exit)
        defer { close(entrance) }
        #expect(await Writer().write(to: entrance) == EPIPE)
    }
}

@Suite(.timeLimit(.minutes(5))) struct DoorbellTests {
    @Test func `is heard also by who listens only after the ring`() {
        let bell = Doorbell()
        #expect(!bell.isRinging)
        bell.ring()
        #expect(bell.isRinging)
    }

    @Test func `never blocks who rings, and is silent after one answer`() {
        let bell = Doorbell()
        // More than a pipe holds.
        for _ in 0..<100_000 { bell.ring() }
        bell.answer()
        #expect(!bell.isRinging)
    }
}

extension Doorbell {
    fileprivate var isRinging: Bool { hasRing(within: 0) }

    fileprivate func waitForRing() {
        if hasRing(within: -1) { answer() }
    }

    private func hasRing(within milliseconds: Int32) -> Bool {
        var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, milliseconds) > 0
    }
}
