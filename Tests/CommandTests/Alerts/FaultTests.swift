import Chance
import Domain
import FoundationEssentials
import Sandbox
import Storage
import Testing

@testable import ChatOps

/// Issues in, messages out: none is missing and none comes twice, whatever breaks.
@Suite struct FaultTests {
    @Test(arguments: 1...8)
    func `each episode is told once, though processes die, webhooks are lost and doubled and the clock jumps`(
        seed: UInt64
    )
        async throws
    {
        try await AlertWorld.run(isNew: seed.isMultiple(of: 3)) { world in
            var story = Story(world: world, dice: Dice(seed: seed))
            for _ in 0..<150 { try await story.turn() }
            try await story.settle()
            try await story.check()
        }
    }
}

/// A random course of things, the same for the same seed.
private struct Story {
    let world: AlertWorld
    var dice: Dice
    private var last = 0
    /// Of each issue, how often it began or came back while somebody could notice.
    private var expected: [Int: Int] = [:]
    private var resolved: Set<Int> = []
    /// What was there before anybody looked for the first time.
    private var old: Set<Int> = []

    init(world: AlertWorld, dice: Dice) {
        self.world = world
        self.dice = dice
    }

    mutating func turn() async throws {
        world.clock.advance(Double(dice.roll(40)) + 0.5)
        switch dice.roll(20) {
        case 0...4: try await begin(1)
        case 5: try await begin(dice.roll(12) + 1)
        case 6...7: await happenAgain()
        case 8: try await resolve()
        case 9: try await comeBack()
        case 10: await world.glitchtip.misbehave(dice.roll(2) == 0 ? .status(502) : .hangUp, times: dice.roll(6))
        case 11:
            if try await world.ledger.setting("watch.mark") != nil {
                world.clock.jump(dice.roll(2) == 0 ? -1800 : 1800)
            }
        case 12...13: try await look(fuse: Fuse(dice.roll(60)))
        case 14: try await handleAlerts(fuse: Fuse(dice.roll(40)))
        case 15...16: try await look(fuse: Fuse(.max))
        case 17: try await handleAlerts(fuse: Fuse(.max))
        case 18: try await world.keepUp()
        default: try await world.deliver()
        }
    }

    /// Everything is well again, and time goes by.
    mutating func settle() async throws {
        await world.glitchtip.behave()
        for _ in 0..<3 {
            try await handleAlerts(fuse: Fuse(.max))
            try await look(fuse: Fuse(.max))
            world.clock.advance(200)
            try await world.keepUp()
        }
        try await world.deliver()
    }

    func check() async throws {
        let sent = await world.chat.keys.filter { $0.hasPrefix("alert:issue:") }
        #expect(Set(sent).count == sent.count, "something was sent twice")
        var told = 0
        for (issue, count) in expected.sorted(by: { $0.key < $1.key }) {
            let episode = try #require(
                try await world.ledger.entry { try $0.episode(of: Domain.Issue.ID(issue)) },
                "nobody knows issue \(issue)")
            #expect(episode.number == count, "issue \(issue)")
            for number in 1...episode.number {
                let known = try await world.ledger.entry { try $0.episode(number, of: Domain.Issue.ID(issue)) }
                let key = "alert:issue:\(issue):episode:\(number)"
                switch known?.announcement {
                case .message: #expect(sent.contains(key), "\(key) was not sent")
                case .digest(let storm):
                    #expect(await world.chat.keys.contains("storm:\(storm)"))
                    #expect(!sent.contains(key))
                case Episode.Announcement.none? where number == 1 && old.contains(issue): break
                default: Testing.Issue.record("\(key) was not told")
                }
                told += 1
            }
        }
        #expect(told >= last)
        #expect(try await world.ledger.queues().alerts == 0)
        let digests = await world.chat.messages.values.filter { $0.key.hasPrefix("storm:") }
        #expect(Set(digests.map(\.key)).count == digests.count)
    }

    // MARK: What happens in the world

    private mutating func begin(_ count: Int) async throws {
        for _ in 0..<count {
            last += 1
            world.clock.advance(0.002)
            await world.glitchtip.add(last, title: "Error: number \(last)")
            expected[last] = 1
            if try await world.ledger.setting("watch.began") == nil { old.insert(last) }
            await announce(last)
        }
    }

    private mutating func happenAgain() async {
        guard let issue = anyIssue(), !resolved.contains(issue) else { return }
        await world.glitchtip.addEvent(to: Domain.Issue.ID(issue))
    }

    /// Of what came back only when the desk knows that it did: several turns between two looks are one to it.
    private mutating func resolve() async throws {
        guard let issue = anyIssue(), !resolved.contains(issue) else { return }
        let known = try await world.ledger.entry { try $0.episode(of: Domain.Issue.ID(issue)) }
        guard expected[issue] == 1 || known?.number == expected[issue] else { return }
        await world.glitchtip.setStatus(.resolved, on: Domain.Issue.ID(issue))
        resolved.insert(issue)
    }

    /// What was resolved and came back between two looks cannot be told from what went on.
    private mutating func comeBack() async throws {
        guard let issue = resolved.min() else { return }
        let known = try await world.ledger.entry { try $0.episode(of: Domain.Issue.ID(issue)) }
        guard known?.closing != nil else { return }
        resolved.remove(issue)
        world.clock.advance(0.002)
        await world.glitchtip.addEvent(to: Domain.Issue.ID(issue))
        expected[issue, default: 0] += 1
        await announce(issue)
    }

    private mutating func anyIssue() -> Int? { last == 0 ? nil : dice.roll(last) + 1 }

    /// GlitchTip's webhook comes not at all, once or several times.
    private mutating func announce(_ issue: Int) async {
        let body = await world.webhook([issue])
        for _ in 0..<[0, 1, 1, 2, 3][dice.roll(5)] {
            _ = try? await world.ledger.receive(alert: Array(body.utf8), at: world.clock.now)
        }
    }

    // MARK: What the program does until its fuse is blown

    private func process(_ fuse: Fuse) throws -> AlertWorld {
        let ledger = Ledger(database: FusedDatabase(database: world.ledger.database, fuse: fuse))
        return try AlertWorld(
            ledger: ledger, glitchtip: world.glitchtip, clock: world.clock, patience: .milliseconds(1), fuse: fuse)
    }

    private func look(fuse: Fuse) async throws {
        let process = try process(fuse)
        do {
            try await process.watch.look()
        } catch is Fuse.Blown {}
    }

    private func handleAlerts(fuse: Fuse) async throws {
        let process = try process(fuse)
        do {
            while let alert = try await process.ledger.nextAlert() {
                try await process.desk.handle(alert)
            }
        } catch is Fuse.Blown {}
    }
}
