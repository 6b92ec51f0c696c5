import Domain
import FoundationEssentials
import GlitchTip

/// Asks GlitchTip what a webhook and the list of issues do not tell.
struct EventReading: Sendable {
    private static let mostFrames = 4

    let glitchtip: GlitchTipAPI
    /// The title of the runbook that is for an issue, if there is one.
    let runbook: @Sendable (Issue, Event) async throws -> String?
    /// Takes down what investigations learn from: it was read anyway.
    let remember: @Sendable (Issue, Event) async -> Void

    /// The issue as it is now, its newest event and its tags. Only a missing issue is an error: details are worth waiting
    /// for, but not worth a message.
    func read(_ id: Issue.ID, isAlert: Bool, at moment: Asked) async throws -> Sighting {
        async let event = try? glitchtip.latestEvent(of: id)
        async let tags = try? glitchtip.tags(of: id)
        let issue = try await glitchtip.issue(id)
        let details = await details(issue, await event, await tags)
        return Sighting(issue, asOf: moment, isAlert: isAlert, details: details)
    }

    /// Nil when GlitchTip does not give them.
    func details(of issue: Issue) async -> Details? {
        async let tags = try? glitchtip.tags(of: issue.id)
        return await details(issue, try? await glitchtip.latestEvent(of: issue.id), await tags)
    }

    private func details(_ issue: Issue, _ event: Event?, _ tags: [TagSummary]?) async -> Details? {
        guard let event else { return nil }
        async let remembered: Void = remember(issue, event)
        let frames = event.exceptions.last?.frames ?? []
        let details = Details(
            environment: event.environment, release: event.release,
            position: (frames.last { $0.isInApp == true } ?? frames.last).map(Self.position),
            code: frames.suffix(Self.mostFrames).reversed().flatMap(Self.lines), users: (tags ?? []).users,
            runbook: try? await runbook(issue, event), isRead: true)
        await remembered
        return details
    }

    private static func position(_ frame: Frame) -> String {
        let place = frame.line.map { "\(frame.filename):\($0)" } ?? frame.filename
        let function = frame.function.map { " in \($0)" } ?? ""
        return Scrubber.scrub((place.cut(to: 160) + function.cut(to: 80)).onOneLine)
    }

    private static func lines(_ frame: Frame) -> [String] {
        let line = frame.contextLine?.onOneLine ?? ""
        return [position(frame)] + (line.isEmpty ? [] : ["    " + Scrubber.scrub(line.cut(to: 160))])
    }
}

extension String {
    fileprivate var onOneLine: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
