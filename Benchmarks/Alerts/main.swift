import Domain
import FoundationEssentials
import Glibc
import HTTP
import Processes
import Sandbox

// `alerts-world TIPLINE IDLE STORM`: the bot in a process of its own, on the stand-in world.
//
// First IDLE alerts one by one, to 30 chats in turn, as a group takes 20 messages a minute: how long from the webhook to the
// message that Telegram gets. Then STORM issues as fast as webhooks go, while Telegram refuses every second message with
// 429 and the bot is killed twice: how many of them the chat tells of, and how much memory the bot took.
let arguments = CommandLine.arguments
guard arguments.count == 4, let idle = Int(arguments[2]), let storm = Int(arguments[3]) else { exit(2) }
let secret = "benchmark-secret-0123"
let folder = FileManager.default.temporaryDirectory.path() + "tipline-alerts-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: folder) }

try await World.run(in: folder) { world in
    let bench = try Bench(world: world, folder: folder)
    try await bench.measureIdle(idle)
    try await bench.measureStorm(storm)
    await bench.stop()
}

actor Bench {
    private static let chats = (0..<30).map { -1_002_000_000_000 - Int64($0) }

    private let world: World
    private let settings: String
    private let client = Client.curl()
    private let clock = ContinuousClock()
    private var bot: ChildProcess?
    private var address = ""
    private var peak = 0.0

    init(world: World, folder: String) throws {
        self.world = world
        settings = folder + "/env"
        let routes = Self.chats.enumerated().map { "project=calm-\($0.offset) to \($0.element)" }
        let variables = world.environment.merging([
            "TIPLINE_LISTEN": "127.0.0.1:0", "TIPLINE_WEBHOOK_SECRET": secret,
            "TIPLINE_ROUTES": routes.joined(separator: "; "),
        ]) { $1 }
        let lines = variables.map { "\($0.key)=\($0.value)\n" }
        try Data(lines.joined().utf8).write(to: URL(filePath: settings))
    }

    // MARK: The bot

    private func start() async throws {
        let bot = try ChildProcess(arguments[1], ["run", "--env-file", settings])
        self.bot = bot
        while let line = await bot.line() {
            guard let start = line.firstRange(of: "address=")?.upperBound else { continue }
            address = String(line[start...].prefix { !" \"]".contains($0) })
            return
        }
        throw Trouble(words: "the bot did not start")
    }

    func stop() async {
        await notePeak()
        await bot?.kill()
    }

    private func notePeak() async {
        guard let bot, let status = try? String(contentsOfFile: "/proc/\(await bot.process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { return }
        peak = max(peak, kibibytes / 1024)
    }

    // MARK: One by one

    func measureIdle(_ count: Int) async throws {
        for chat in Self.chats { await world.telegram.setMembership(true, in: chat) }
        try await start()
        try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
        var times: [Double] = []
        for number in 0..<count {
            try await clock.sleep(for: .milliseconds(500))
            let title = "Error: calm \(number)."
            let issue = await world.glitchtip.add(title: title, in: "calm-\(number % Self.chats.count)")
            let begin = clock.now
            _ = await alert(issue, title)
            try await world.telegram.next { $0.message?.plain.contains(title) ?? false }
            times.append((clock.now - begin) / .milliseconds(1))
        }
        await notePeak()
        times.sort()
        func at(_ share: Double) -> Double { (times[min(count - 1, Int(Double(count) * share))] * 10).rounded() / 10 }
        print("| webhook to Telegram, \(count) alerts one by one: p50 ms | \(at(0.5)) |")
        print("| p99 ms | \(at(0.99)) |")
        print("| resident MiB, at most | \((peak * 10).rounded() / 10) |")
    }

    /// As GlitchTip tells one issue. False when it was not taken; GlitchTip does not try again either.
    private func alert(_ issue: Domain.Issue.ID, _ title: String) async -> Bool {
        let body = """
            {"alias": "GlitchTip", "text": "GlitchTip Alert", "attachments": [{"title": "\(title)", \
            "title_link": "\(world.glitchtipURL)/acme/issues/\(issue)", "text": null, "color": "#e52b50"}]}
            """
        let request = Request(.post, "http://\(address)/webhooks/glitchtip/\(secret)", body: Array(body.utf8))
        return (try? await client.send(request))?.status == 200
    }

    // MARK: Ten thousand

    func measureStorm(_ count: Int) async throws {
        await world.telegram.misbehave(.tooManyRequests(retryAfter: 1), for: .sendMessage, times: .max, every: 2)
        await world.telegram.misbehave(.tooManyRequests(retryAfter: 1), for: .editMessageText, times: .max, every: 2)
        let begin = clock.now
        var taken = 0
        for number in 0..<count {
            if [count / 3, count * 2 / 3].contains(number) {
                await stop()
                try await start()
            }
            let title = "Error: storm \(number)."
            let issue = await world.glitchtip.add(title: title, in: "storm-\(number % 10)")
            // Each tenth alert is lost on the way.
            if number % 10 > 0, await alert(issue, title) { taken += 1 }
        }
        let sent = clock.now
        let shown = try await world.telegram.shown { Tally($0).told >= count }
        let end = clock.now
        await notePeak()
        let tally = Tally(shown)
        print("| storm: issues, of which told by a webhook that was taken | \(count), \(taken) |")
        print("| told in the chat, Telegram answering 429 half the time, the bot killed twice | \(tally.told) |")
        print("| of these with a message of their own | \(tally.own) |")
        print("| messages in the chat, of which twice | \(tally.messages), \(tally.doubled) |")
        let seconds = [sent - begin, end - sent].map { String(Int($0 / .seconds(1))) }.joined(separator: ", ")
        print("| seconds for the webhooks, and from the last until all is told | \(seconds) |")
        print("| resident MiB, at most | \((peak * 10).rounded() / 10) |")
    }
}

struct Trouble: Error { let words: String }

/// What the chat says of the storm's issues.
struct Tally {
    let own: Int
    let told: Int
    let doubled: Int
    let messages: Int

    init(_ shown: [ShownMessage]) {
        let alone = shown.filter { $0.plain.contains("· Error: storm ") && !$0.plain.hasPrefix("🌩") }
        let titles = Set(alone.compactMap { $0.plain.split(separator: "\n").first })
        let digests = Dictionary(grouping: shown.filter { $0.plain.hasPrefix("🌩") }) { $0.keyboard.first?.first?.data }
        own = titles.count
        let counted = digests.values.reduce(0) { sum, messages in
            sum + (messages.map { $0.plain.split(separator: " ").compactMap { Int($0) }.first ?? 0 }.max() ?? 0)
        }
        told = own + counted
        doubled = alone.count - titles.count + digests.values.reduce(0) { $0 + $1.count - 1 }
        messages = alone.count + digests.values.reduce(0) { $0 + $1.count }
    }
}
