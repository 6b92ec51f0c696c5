import Chance
import Domain
import FoundationEssentials
import Logging
import Processes
import Sandbox
import Testing

@testable import tipline

/// Issues in, messages out, with the whole program: it is killed in the middle, Telegram refuses and loses, Redis comes
/// and goes, the clock jumps.
@Suite(.timeLimit(.minutes(5))) struct StormJourney {
    private static let rounds = 8

    @Test(arguments: [1, 2] as [UInt64])
    func `each issue is told, and twice only where Telegram's answer may have been lost`(seed: UInt64) async throws {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            try await Story(world: world, seed: seed).run(rounds: Self.rounds)
        }
    }
}

/// A random course of things, the same for the same seed as far as the machine allows.
private actor Story {
    private let world: World
    private let redis: String
    private var dice: Dice
    private var titles: [String] = []
    /// How many messages may stand there twice: the program was killed, or Telegram took one and did not say so.
    private var mayBeDoubled = 0

    init(world: World, seed: UInt64) throws {
        self.world = world
        dice = Dice(seed: seed)
        redis = try #require(world.environment["TIPLINE_DATA"]) + "/redis.sock"
    }

    func run(rounds: Int) async throws {
        try await world.app(settings).run { _ in
            try await self.world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
        }
        for round in 0..<rounds {
            await disturb()
            await begin(round.isMultiple(of: 3) ? 12 : 2)
            if round.isMultiple(of: 2) {
                try await redisFor { try await self.killInTheMiddle() }
            } else {
                try await stopAtAnotherTime()
            }
        }
        await world.telegram.behave()
        await world.glitchtip.behave()
        let expected = titles
        try await world.app(settings).run { _ in
            _ = try await self.world.telegram.shown { Tally($0, of: expected).isComplete }
        }
        let tally = Tally(await world.telegram.shown(), of: expected)
        #expect(tally.told + tally.counted == expected.count)
        #expect(tally.doubled <= mayBeDoubled, "\(tally.doubled) twice, \(mayBeDoubled) may be")
    }

    private var settings: [String: String] {
        ["TIPLINE_POLL_INTERVAL": "1s", "REDIS_URL": "unix://\(redis)"]
    }

    private func begin(_ count: Int) async {
        for _ in 0..<count {
            titles.append("Error: number \(titles.count + 1).")
            await world.glitchtip.add(title: titles[titles.count - 1])
        }
    }

    private func disturb() async {
        let faults: [StandInTelegram.Misbehaviour] = [
            .tooManyRequests(retryAfter: 1), .status(502), .hangUpBefore, .hangUpAfterTaking, .halfAnAnswer,
            .brokenJSON,
        ]
        for _ in 0..<2 {
            let fault = faults[dice.roll(faults.count)]
            if [.hangUpAfterTaking, .halfAnAnswer].contains(fault) { mayBeDoubled += 1 }
            await world.telegram.misbehave(fault, for: .sendMessage)
        }
        await world.glitchtip.misbehave(dice.roll(2) == 0 ? .status(502) : .hangUp, times: dice.roll(4))
    }

    /// The program in a process of its own, killed after a few messages, whatever else it is at.
    private func killInTheMiddle() async throws {
        let file = try #require(world.environment["TIPLINE_DATA"]) + "/env"
        let lines = world.environment.merging(settings) { $1 }.map { "\($0)=\($1)\n" }
        try Data(lines.joined().utf8).write(to: URL(filePath: file))
        let enough = 1 + dice.roll(3)
        try await ChildProcess.run(try built("tipline"), ["run", "--env-file", file]) { _ in
            for _ in 0..<enough { try await world.telegram.next { $0.message != nil } }
        }
        mayBeDoubled += 1
    }

    /// Without Redis, by a clock that is half an hour off, and ended as one should.
    private func stopAtAnotherTime() async throws {
        let offset = Double(dice.roll(3) - 1) * 1800
        var log = Logger(label: "test")
        log.logLevel = .critical
        let configuration = try Configuration(Settings(environment: world.environment.merging(settings) { $1 }))
        try await App(configuration, log: log, now: { Date(timeIntervalSinceNow: offset) }).run { _ in
            try await self.world.telegram.next { $0.message != nil }
        }
    }

    private func redisFor(_ body: () async throws -> Void) async throws {
        let arguments = ["--port", "0", "--unixsocket", redis, "--save", "", "--appendonly", "no"]
        try await ChildProcess.run("redis-server", arguments) { server in
            while let line = await server.line(), !line.contains("eady to accept connections") {}
            try await body()
        }
    }
}

/// What the chat says of the issues.
private struct Tally {
    /// With a message of their own.
    let told: Int
    /// In the digest of a storm.
    let counted: Int
    /// Messages beyond the first of an issue or of a storm.
    let doubled: Int
    let isComplete: Bool

    init(_ messages: [ShownMessage], of titles: [String]) {
        let own = titles.map { title in messages.count { $0.plain.contains("· " + title) && !$0.plain.hasPrefix("🌩") } }
        let digests = Dictionary(grouping: messages.filter { $0.plain.hasPrefix("🌩") }) {
            $0.keyboard.first?.first?.data
        }
        told = own.count { $0 > 0 }
        counted = digests.values.compactMap { $0.map(Self.issues).max() }.reduce(0, +)
        doubled = own.reduce(0) { $0 + max(0, $1 - 1) } + digests.values.reduce(0) { $0 + $1.count - 1 }
        isComplete = told + counted >= titles.count
    }

    /// `🌩 Storm · 14 issues beside those above, since …`
    private static func issues(_ digest: ShownMessage) -> Int {
        digest.plain.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
}
