import Domain
import Sandbox
import Testing

@testable import ChatOps

@Suite struct JointWorkTests {
    private struct Trouble: Error, Equatable {}

    @Test func `ten who ask at once share one run, its steps and its answer`() async throws {
        let work = JointWork<Int>()
        let runs = Count()
        let steps = Count()
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await work.value(for: "a", progress: { _ in await steps.add() }) { progress in
                        await work.wait(until: 9, waitFor: "a")
                        await progress("reading the code")
                        return await runs.add()
                    }.value
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: 1, count: 10))
        #expect(await steps.count == 10)
    }

    @Test func `a failure reaches all who wait, and is not kept`() async throws {
        let work = JointWork<Int>()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    await #expect(throws: Trouble()) {
                        try await work.value(for: "a", progress: { _ in }) { _ in
                            await work.wait(until: 2, waitFor: "a")
                            throw Trouble()
                        }
                    } != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 3)
        #expect(try await work.value(for: "a", progress: { _ in }) { _ in 7 }.value == 7)
    }

    @Test func `when the one who does it is cancelled, the next one does it`() async throws {
        let work = JointWork<Int>()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await work.value(for: "a", progress: { _ in }) { _ in
                begin.yield()
                for await _ in AsyncStream<Void>.makeStream().stream {}  // Until it is cancelled.
                return 1
            }
        }
        for await _ in begun { break }
        async let second = work.value(for: "a", progress: { _ in }) { _ in 2 }
        await work.wait(until: 1, waitFor: "a")
        first.cancel()
        #expect(try await second.value == 2)
        await #expect(throws: CancellationError.self) { try await first.value }
    }

    @Test func `who waits can be cancelled, and the others get their answer`() async throws {
        let work = JointWork<Int>()
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        async let first = work.value(for: "a", progress: { _ in }) { _ in
            begin.yield()
            for await _ in ended { break }
            return 1
        }
        for await _ in begun { break }
        let second = Task { try await work.value(for: "a", progress: { _ in }) { _ in 2 } }
        await work.wait(until: 1, waitFor: "a")
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        end.yield()
        #expect(try await first.value == 1)
    }

    @Test func `an issue that five ask for at once is looked into once`() async throws {
        let bot = try await TestBot.inShop()
        let texts = try await withThrowingTaskGroup(of: HTML.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await bot.desk.investigate(.id(Issue.ID(2)), fresh: false, at: TestBot.noon) { _ in }
                        .finding.html(atMost: HTML.messageLimit)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(texts.map(\.markup)).count == 1)
        let asked = await bot.glitchtip.requests.filter { $0.path.hasPrefix("/api/0/issues/2/tags/") }
        #expect(asked.count == 1)
        let ways = await bot.tally.investigations
        #expect(ways[.done] == 1)
        #expect((ways[.shared] ?? 0) + (ways[.cached] ?? 0) == 4)
    }
}

extension JointWork {
    fileprivate func wait(until count: Int, waitFor key: String) async {
        while waiting(for: key) < count { await Task.yield() }
    }
}

private actor Count {
    private(set) var count = 0

    @discardableResult func add() -> Int {
        count += 1
        return count
    }
}
