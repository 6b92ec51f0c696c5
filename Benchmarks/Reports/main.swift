import Domain
import FoundationEssentials
import Glibc
import Processes
import Sandbox

// `reports-world TIPLINE PLAIN.PY ISSUES ROUNDS`: the bot in a process of its own, on the stand-in world.
//
// ISSUES in ten projects, which the bot was told of as they came, with events spread over 30 days. Then GlitchTip takes 50 ms
// longer for each answer, and somebody asks for reports: how long until Telegram has the whole answer, and how much memory
// the bot took on top of what it had. The plain way runs beside it, against the same GlitchTip.
let arguments = CommandLine.arguments
guard arguments.count == 5, let issues = Int(arguments[3]), let rounds = Int(arguments[4]) else { exit(2) }
let folder = FileManager.default.temporaryDirectory.path() + "tipline-reports-\(getpid())"
defer { try? FileManager.default.removeItem(atPath: folder) }

let isWithin = try await World.run(in: folder) { world in
    let bench = try Bench(world: world, settings: folder + "/env")
    defer { fflush(nil) }
    try await bench.prepare(issues: issues)
    let isWithin = try await bench.measure(rounds: rounds)
    await bench.stop()
    return isWithin
}
guard isWithin else { exit(1) }

actor Bench {
    private static let projects = 10
    private static let days = 30
    private static let lateness = Duration.milliseconds(50)
    private static let (mostSeconds, mostMiB) = (3.0, 50.0)

    private let world: World
    private let bot: ChildProcess
    private let clock = ContinuousClock()

    init(world: World, settings: String) throws {
        self.world = world
        let variables = world.environment.merging(["TIPLINE_POLL_INTERVAL": "5s"]) { $1 }
        try Data(variables.map { "\($0.key)=\($0.value)\n" }.joined().utf8).write(to: URL(filePath: settings))
        bot = try ChildProcess(arguments[1], ["run", "--env-file", settings])
    }

    func stop() async { await bot.kill() }

    /// The issues come while the bot watches, so that it knows each of them.
    func prepare(issues: Int) async throws {
        await world.telegram.limitSending(false)
        try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
        let now = Date()
        let span = Double(Self.days) * 86_400
        for number in 0..<issues {
            let first = now.addingTimeInterval(-span * Double(number) / Double(issues))
            await world.glitchtip.add(
                title: "Error: number \(number).", in: "project-\(number % Self.projects)", count: 20, firstSeen: first,
                lastSeen: now.addingTimeInterval(-Double(number) / 1000))
        }
        while try await open() < issues { try await clock.sleep(for: .seconds(5)) }
        await world.glitchtip.misbehave(.slow(Self.lateness), times: .max)
    }

    /// How many alerts are open, by the bot's word.
    private func open() async throws -> Int {
        let answer = try await ask("/alerts") { $0.contains(" open · ") || $0.contains("Nothing is open") }
        return answer.prefix { $0.isNumber }.isEmpty ? 0 : Int(answer.prefix { $0.isNumber }) ?? 0
    }

    private func ask(_ line: String, _ isAnswer: @escaping @Sendable (String) -> Bool) async throws -> String {
        await world.telegram.say(line, by: .ada)
        while true {
            let change = try await world.telegram.next { $0.message.map { isAnswer($0.plain) } ?? false }
            if let message = change.message { return message.plain }
        }
    }

    // MARK: Measuring

    private struct Cost {
        let seconds: Double
        let requests: Int
        let mebibytes: Double
    }

    /// False when a report took longer or more than it may.
    func measure(rounds: Int) async throws -> Bool {
        print(
            "| a report of \(Self.days) days, \(Self.projects) projects | Tipline | the plain way | ratio |\n|---|---|---|---|"
        )
        var plain: [Cost] = []
        for _ in 0..<rounds { plain.append(try await plainWay()) }
        var isWithin = true
        for line in ["/report 30d", "/stats 30d", "/report week"] {
            var costs: [Cost] = []
            for _ in 0...rounds { costs.append(try await cost(of: line)) }
            isWithin = costs.allSatisfy { $0.seconds < Self.mostSeconds && $0.mebibytes < Self.mostMiB } && isWithin
            row("\(line), the first time", costs.prefix(1), plain)
            row("\(line), again", costs.dropFirst(), plain)
        }
        return isWithin
    }

    private func cost(of line: String) async throws -> Cost {
        // A group takes five messages at once, then one every few seconds: not what is measured here.
        try await clock.sleep(for: .seconds(6))
        await world.glitchtip.forgetRequests()
        // From now on the peak is counted anew.
        try Data("5".utf8).write(to: URL(filePath: "/proc/\(await bot.process)/clear_refs"))
        let before = try await memory("VmRSS")
        let begin = clock.now
        _ = try await ask(line) { $0.hasPrefix("📊") }
        let seconds = (clock.now - begin) / .seconds(1)
        // The bot reads the list of issues meanwhile, as always.
        let requests = await world.glitchtip.requests.count
        return Cost(seconds: seconds, requests: requests, mebibytes: try await memory("VmHWM") - before)
    }

    private func memory(_ name: String) async throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(await bot.process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        return (kibibytes ?? .nan) / 1024
    }

    private func plainWay() async throws -> Cost {
        let words = [
            arguments[2], world.glitchtipURL, world.glitchtip.token, world.glitchtip.organization.slug, "\(Self.days)",
        ]
        return try await ChildProcess.run("python3", words) { child in
            let line = await child.line() ?? ""
            let figures = line.split(separator: " ").compactMap { Double($0) }
            guard figures.count == 3 else { throw Trouble(words: line) }
            return Cost(seconds: figures[0] / 1000, requests: Int(figures[1]), mebibytes: figures[2] / 1024)
        }
    }

    private func row(_ name: String, _ costs: some Collection<Cost>, _ plain: [Cost]) {
        func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        for (unit, figure) in [
            ("ms", { $0.seconds * 1000 }), ("requests", { Double($0.requests) }), ("MiB more", { $0.mebibytes }),
        ] as [(String, (Cost) -> Double)] {
            let (ours, theirs) = (middle(costs.map(figure)), middle(plain.map(figure)))
            let digits = unit == "MiB more" ? 10.0 : 1
            let shown = [ours, theirs].map { "\(($0 * digits).rounded() / digits)".replacing(/\.0$/, with: "") }
            print("| \(name): \(unit) | \(shown[0]) | \(shown[1]) | \((ours / theirs * 100).rounded() / 100) |")
        }
    }
}

struct Trouble: Error { let words: String }
