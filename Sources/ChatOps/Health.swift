import Domain
import FoundationEssentials
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
    package func record(_ neighbour: Neighbour, trouble: String?, at date: Date) {
        requests[neighbour, default: Requests()].count(isGood: trouble == nil)
        let before = states[neighbour]
        guard before == nil || (before?.trouble == nil) != (trouble == nil) else { return }
        let state = State(trouble: trouble, since: date)
        states[neighbour] = state
        if before != nil || trouble != nil { changed(neighbour, state) }
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
                let trouble = response.status >= 500 ? "answers with error \(response.status)" : nil
                await health.record(neighbour, trouble: trouble, at: now())
                return response
            } catch let failure as Failure {
                await health.record(neighbour, trouble: failure.description, at: now())
                throw failure
            }
        }
    }
}
