import ChatOps
import FoundationEssentials
import Storage
import Web

/// What the server tells about the bot: whether it is ready, and its figures for Prometheus, whose names are for ever.
actor Figures {
    private let ledger: Ledger
    private let health: Health
    private let tally: Tally
    private let startedAt: Date
    private let now: @Sendable () -> Date
    private var alerts = 0

    init(
        ledger: Ledger, health: Health, tally: Tally, startedAt: Date, now: @escaping @Sendable () -> Date
    ) {
        self.ledger = ledger
        self.health = health
        self.tally = tally
        self.startedAt = startedAt
        self.now = now
    }

    func countAlert() { alerts += 1 }

    /// Redis is not asked: the bot does without.
    func readiness() async -> [(name: String, trouble: String?)] {
        let states = await health.report().states
        return [("ledger", await ledgerTrouble())]
            + [Health.Neighbour.telegram, .glitchtip].map { neighbour in
                guard let state = states[neighbour] else { return (neighbour.rawValue, "not heard from yet") }
                return (neighbour.rawValue, state.trouble)
            }
    }

    func metrics() async throws -> [Metric] {
        let queues = try await ledger.queues()
        let report = await health.report()
        let oldest = queues.oldest.map { max(0, now().timeIntervalSince($0)) } ?? 0
        let lengths = [("inbox", queues.inbox), ("alerts", queues.alerts), ("outbox", queues.outbox)]
        return [
            Metric(
                "tipline_info", .gauge, "Always 1; the version is in the label.",
                [.init(1, ("version", Tipline.version))]),
            Metric("tipline_start_time_seconds", .gauge, "When the bot started.", startedAt.timeIntervalSince1970),
            Metric("tipline_alerts_received_total", .counter, "Webhooks written down.", Double(alerts)),
            Metric(
                "tipline_queue_length", .gauge, "What waits to be handled (inbox, alerts) or sent (outbox).",
                lengths.map { .init(Double($1), ("queue", $0)) }),
            Metric("tipline_queue_oldest_seconds", .gauge, "The age of the oldest that waits.", oldest),
            Metric(
                "tipline_messages_given_up", .gauge, "Messages that Telegram refused for good, in the last 30 days.",
                Double(queues.givenUp)),
            Metric("tipline_chats_paused", .gauge, "Chats that do not take our messages.", Double(queues.pausedChats)),
            Metric(
                "tipline_neighbour_up", .gauge, "Whether a neighbour answered the last time.",
                Self.samples { neighbour in report.states[neighbour].map { $0.trouble == nil ? 1 : 0 } }),
            Metric(
                "tipline_requests_answered_total", .counter, "Requests to a neighbour that were answered.",
                Self.samples { neighbour in report.requests[neighbour].map { Double($0.answered) } }),
            Metric(
                "tipline_requests_failed_total", .counter,
                "Requests to a neighbour that had no answer, an error 5xx, or one that refuses the token.",
                Self.samples { neighbour in report.requests[neighbour].map { Double($0.failed) } }),
        ] + (await deeds())
    }

    private func deeds() async -> [Metric] {
        let (sent, refused, ways) = (await tally.sent, await tally.refused, await tally.investigations)
        return [
            Metric(
                "tipline_messages_sent_total", .counter, "Messages, edits and answers to buttons that Telegram took.",
                Tally.Kind.allCases.map { .init(Double(sent[$0] ?? 0), ("kind", $0.rawValue)) }),
            Metric(
                "tipline_messages_failed_total", .counter, "Those that it did not take; most are tried again.",
                Tally.Kind.allCases.map { .init(Double(refused[$0] ?? 0), ("kind", $0.rawValue)) }),
            Metric(
                "tipline_investigations_total", .counter, "Investigations: done, or from where the answer came.",
                Tally.Way.allCases.map { .init(Double(ways[$0] ?? 0), ("outcome", $0.rawValue)) }),
            Metric(
                "tipline_investigation_seconds_total", .counter, "What those that were done took together.",
                await tally.seconds),
        ]
    }

    private func ledgerTrouble() async -> String? {
        do {
            _ = try await ledger.queues()
            return nil
        } catch {
            return "cannot be read"
        }
    }

    private static func samples(_ value: (Health.Neighbour) -> Double?) -> [Metric.Sample] {
        Health.Neighbour.allCases.compactMap { neighbour in
            value(neighbour).map { .init($0, ("neighbour", neighbour.rawValue.lowercased())) }
        }
    }
}
