import ChatOps
import Domain
import FoundationEssentials
import GlitchTip
import Runbooks
import Storage

/// Says whether everything is reachable, since when, and what is waiting.
struct ShowStatus: Command {
    static let manual = Manual("status", "", "Say whether everything works, and what is waiting.")

    let glitchtip: GlitchTipAPI
    let health: Health
    let ledger: Ledger
    let library: Library
    let about: About

    func run(_ call: Call) async throws -> Reply {
        try call.arguments.end()

        // Asked now, so that the answer does not tell of five minutes ago; what failed is in the health's report.
        async let answer = try? glitchtip.version()
        await checkToken(at: call.date)
        let version = await answer ?? nil
        let report = await health.report()
        let queues = try await ledger.queues()
        let refused = try await ledger.refused()

        let out = await library.current().troubles.filter { $0.kind == .error }

        let paths = try await ledger.paths()

        return Reply(
            [text(report, queues, refused, out, glitchtip: version, call.date), Self.text(paths)].joined(by: ""))
    }

    /// The version is told to anybody.
    private func checkToken(at date: Date) async {
        do {
            _ = try await glitchtip.identity()
            await health.note(isTokenKnown: true, at: date)
        } catch GlitchTipError.unauthorized {
            await health.note(isTokenKnown: false, at: date)
        } catch {
            // What else failed is in the health's report.
        }
    }

    private func text(
        _ report: Health.Report, _ queues: Queues, _ refused: Int, _ out: [Trouble], glitchtip version: String?,
        _ now: Date
    ) -> HTML {
        let isWell =
            report.states.values.allSatisfy { $0.trouble == nil } && out.isEmpty
            && refused + queues.refusedSoFar + queues.pausedChats == 0
        let running = spoken(seconds: now.timeIntervalSince(about.startedAt))
        var lines: [HTML] = [
            isWell ? "<b>All is well.</b>" : "<b>Something is wrong.</b>",
            "Tipline \(about.version), running for \(running)",
        ]
        lines += Health.Neighbour.allCases.compactMap { neighbour in
            report.states[neighbour].map { line(neighbour, $0, neighbour == .glitchtip ? version : nil, now) }
        }
        if !report.hasRedis { lines.append("– Redis is not set up: cache and limits are in memory") }
        if let first = out.first { lines.append(line(first, and: out.count - 1)) }
        lines.append(waiting(queues, now))
        if queues.refusedSoFar > 0 { lines.append("Refused by Telegram, to be tried again: \(queues.refusedSoFar)") }
        if refused > 0 { lines.append("Refused by Telegram for good: \(refused)") }
        if queues.pausedChats > 0 { lines.append("Chats that do not take our messages: \(queues.pausedChats)") }
        if report.strangers > 0 { lines.append("Lines from outside the team chat, not answered: \(report.strangers)") }
        return lines.joined(by: "\n")
    }

    /// More lines say nothing to anybody.
    private static let mostPaths = 6

    /// `• shop-web: usr/src/app/… is src/… of shop`
    private static func text(_ paths: [KeptPath]) -> HTML {
        guard !paths.isEmpty else { return "" }
        let lines = paths.prefix(mostPaths).map { path -> HTML in
            let theirs: HTML = path.prefix.isEmpty ? "every file" : HTML.code("\(path.prefix.cut(to: 80))/…")
            let ours: HTML =
                path.folder.isEmpty
                ? "the top folder"
                : path.prefix.isEmpty
                    ? "below \(HTML.code("\(path.folder.cut(to: 80))/"))" : HTML.code("\(path.folder.cut(to: 80))/…")
            return "\n• \(path.project): \(theirs) is \(ours) of \(path.repository)"
        }
        let more: HTML = paths.count > mostPaths ? "\n• and \(paths.count - mostPaths) more" : ""
        return "\nWhere the files of stack traces are, as I have learnt:\(lines.joined(by: ""))\(more)"
    }

    private func line(_ neighbour: Health.Neighbour, _ state: Health.State, _ version: String?, _ now: Date) -> HTML {
        let name = [neighbour.rawValue, version].compactMap { $0 }.joined(separator: " ")
        guard let trouble = state.trouble else { return "✓ \(name)" }
        let consequence = neighbour == .redis ? "; no cache, limits are in memory" : ""
        return "✗ \(name): \(trouble), since \(ago(state.since, now: now))\(consequence)"
    }

    /// `✗ Runbooks: db.md, line 3: the front matter has no end; and 2 more. /runbooks lists them`
    private func line(_ trouble: Trouble, and others: Int) -> HTML {
        // A whole folder or address is known by all of its name.
        let isFile = trouble.file.hasSuffix(".md")
        let file = isFile ? trouble.file.split(separator: "/").last.map(String.init) ?? "?" : trouble.file
        let place = trouble.line.map { "\(file), line \($0)" } ?? file
        let more = others > 0 ? "; and \(others) more" : ""
        return "✗ Runbooks: \(place): \(trouble.what.cut(to: 200))\(more). /runbooks says what is out"
    }

    private func waiting(_ queues: Queues, _ now: Date) -> HTML {
        // The question itself is one of them.
        let incoming = queues.inbox - 1 + queues.alerts
        guard incoming + queues.outbox > 0, let oldest = queues.oldest else { return "Nothing is waiting." }
        return "Waiting: \(incoming) to be handled, \(queues.outbox) to be sent, the oldest \(ago(oldest, now: now))"
    }
}
