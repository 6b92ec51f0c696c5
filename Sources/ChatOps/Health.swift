import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Storage

/// Who answers and who does not, since when: what `/status` and the log tell about our neighbours.
package actor Health {
    package enum Neighbour: String, Sendable, CaseIterable {
        case telegram = "Telegram", glitchtip = "GlitchTip", redis = "Redis"
    }

    package struct State: Sendable, Hashable {
        /// Nil while all is well; else what is wrong, in plain words.
        package let trouble: String?
        package let since: Date

        package init(trouble: String?, since: Date) {
            self.trouble = trouble
            self.since = since
        }

        /// Nil while the first connection is being made.
        package init?(_ state: Redis.State) {
            switch state {
            case .connecting: return nil
            case .connected(let since): self.init(trouble: nil, since: since)
            case .away(let since, let reason): self.init(trouble: reason, since: since)
            }
        }
    }

    /// While that is the trouble, an answer that anybody gets is no sign of health.
    static let unknownToken = "does not know my token (GLITCHTIP_TOKEN)"

    private var states: [Neighbour: State] = [:]
    private var requests: [Neighbour: Requests] = [:]
    private var strangers = 0
    private let shared: SharedState
    private let changed: @Sendable (Neighbour, State) -> Void

    /// - Parameter shared: watches Redis itself, and is asked for it.
    /// - Parameter changed: called when a neighbour goes away or comes back, not for every failure: one line in the log.
    package init(shared: SharedState, changed: @escaping @Sendable (Neighbour, State) -> Void) {
        self.shared = shared
        self.changed = changed
    }

    /// Called for every request.
    ///
    /// - Parameter isOpenToAll: whether the same is answered to anybody, whatever their token.
    package func record(_ neighbour: Neighbour, trouble: String?, isOpenToAll: Bool = false, at date: Date) {
        requests[neighbour, default: Requests()].count(isGood: trouble == nil)
        if isOpenToAll, trouble == nil, states[neighbour]?.trouble == Self.unknownToken { return }
        note(neighbour, trouble: trouble, at: date)
    }

    /// Whether GlitchTip knows our token, which it tells in answers that look well.
    package func note(isTokenKnown: Bool, at date: Date) {
        note(.glitchtip, trouble: isTokenKnown ? nil : Self.unknownToken, at: date)
    }

    private func note(_ neighbour: Neighbour, trouble: String?, at date: Date) {
        let before = states[neighbour]
        guard before == nil || Self.kind(before?.trouble) != Self.kind(trouble) else { return }
        let state = State(trouble: trouble, since: date)
        states[neighbour] = state
        if before != nil || trouble != nil { changed(neighbour, state) }
    }

    /// Troubles of one kind are one: the first of them is told.
    private enum Kind { case none, away, unknownToken }

    private static func kind(_ trouble: String?) -> Kind {
        guard let trouble else { return .none }
        return trouble == unknownToken ? .unknownToken : .away
    }

    package func countStranger() { strangers += 1 }

    package func report() async -> Report {
        var states = states
        states[.redis] = await shared.status().flatMap { State($0) }
        return Report(
            states: states, requests: requests, hasRedis: await shared.status() != nil, strangers: strangers)
    }

    package struct Report: Sendable {
        package let states: [Neighbour: State]
        package let requests: [Neighbour: Requests]
        /// False when none is configured.
        package let hasRedis: Bool
        /// Lines from people outside the team chat, which got no answer.
        package let strangers: Int
    }

    /// Since the start.
    package struct Requests: Sendable {
        package private(set) var answered = 0
        package private(set) var failed = 0

        fileprivate mutating func count(isGood: Bool) { if isGood { answered += 1 } else { failed += 1 } }
    }
}

extension Client {
    /// The same client, which tells `health` whether the neighbour behind it answers.
    package func watched(as neighbour: Health.Neighbour, by health: Health, now: @escaping @Sendable () -> Date)
        -> Client
    {
        Client { request in
            do {
                let response = try await self.send(request)
                let isOpenToAll = neighbour == .glitchtip && GlitchTipAPI.isOpenToAll(request)
                await health.record(
                    neighbour, trouble: neighbour.trouble(response), isOpenToAll: isOpenToAll, at: now())
                return response
            } catch let failure as Failure {
                await health.record(neighbour, trouble: failure.description, at: now())
                throw failure
            }
        }
    }
}

extension Health.Neighbour {
    fileprivate func trouble(_ response: Response) -> String? {
        let isGlitchTip = self == .glitchtip
        if isGlitchTip, GlitchTipAPI.knowsNoToken(response) { return Health.unknownToken }
        // Such a 401 is that of a proxy before it.
        let isTrouble = response.status >= 500 || (isGlitchTip && response.status == 401)
        return isTrouble ? "answers with error \(response.status)" : nil
    }
}
