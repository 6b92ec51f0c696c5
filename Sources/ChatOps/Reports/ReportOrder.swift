import Domain
import FoundationEssentials
import Storage

/// A report that is asked for outside of the chat, by hand or by a timer of the system.
///
/// The order says when, the chats' schedules say who: each gets what its clock would send, under the same key.
package struct ReportOrder: Sendable, Hashable {
    package let report: Schedule.Report
    /// The day that it is about, or one of its week; nil for the last that is over.
    package let day: Day?

    package init(_ report: Schedule.Report, about day: Day? = nil) {
        self.report = report
        self.day = day
    }

    /// Why it cannot be carried out, in words for whoever operates the bot.
    package enum Mistake: Error, Sendable, Hashable {
        case notOver
        case tooLongAgo(days: Int)
    }

    /// What became of a report in one chat.
    package enum Fate: Sendable, Hashable {
        case sent
        /// Telegram had it before.
        case sentAlready
        /// It stands in the ledger, with what kept it from Telegram so far.
        case waiting(String?)
        case refused(String)
        /// By that chat's schedule.
        case notOver
    }

    fileprivate func schedule(in schedules: Schedules) -> Schedule? {
        switch report {
        case .daily: schedules.daily
        case .weekly: schedules.weekly
        }
    }

    fileprivate func occurrence(of schedule: Schedule, today: Day, in zone: Zone) -> Schedule.Occurrence? {
        guard let day else { return schedule.last(until: today, in: zone) }
        return schedule.occurrence(about: day, in: zone)
    }
}

extension ReportDesk {
    /// Its key is forgotten later, and nobody would know whether it was sent.
    private static let memory = Housekeeping.memoryInDays - 2

    /// What it would say in the team's chat.
    package func reply(to order: ReportOrder, at now: Date) async throws -> Reply {
        let today = zone.local(now).day
        let own = order.schedule(in: try await schedules(of: home)) ?? order.schedule(in: .standard)
        guard let occurrence = own.flatMap({ order.occurrence(of: $0, today: today, in: zone) }),
            occurrence.day <= today
        else { throw ReportOrder.Mistake.notOver }
        return try await reply(for: occurrence, late: false)
    }

    /// Writes it down for each chat that wants such reports, unless that was done before. What became of it `fate` tells.
    ///
    /// - Parameter isRehearsal: nothing is written; `saw` gets what would be sent.
    package func carryOut(
        _ order: ReportOrder, at now: Date, isRehearsal: Bool = false, saw: (Destination, Reply) -> Void = { _, _ in }
    ) async throws -> [Share] {
        let today = zone.local(now).day
        if let day = order.day, day >= today { throw ReportOrder.Mistake.notOver }
        if let day = order.day, day < today.adding(-Self.memory) {
            throw ReportOrder.Mistake.tooLongAgo(days: Self.memory)
        }
        var all: [Share] = []
        for (place, schedules) in try await schedules().sorted(by: { $0.key.description < $1.key.description }) {
            guard let schedule = order.schedule(in: schedules),
                let occurrence = order.occurrence(of: schedule, today: today, in: zone)
            else { continue }
            let isOver = occurrence.day <= today
            // Its own time of the day does not count: whoever ordered it chose another.
            let isLate = occurrence.day < today
            var isNew = false
            if isOver, isRehearsal {
                isNew = try await !ledger.isDone(Self.key(occurrence, place))
                if isNew { saw(place, try await reply(for: occurrence, late: isLate)) }
            } else if isOver {
                isNew = try await send(occurrence, to: place, late: isLate, at: now)
            }
            all.append(Share(place: place, key: Self.key(occurrence, place), isNew: isNew, isOver: isOver))
        }
        return all
    }

    /// One chat's share of an order.
    package struct Share: Sendable {
        package let place: Destination
        fileprivate let key: String
        package let isNew: Bool
        fileprivate let isOver: Bool
    }

    package func fate(of share: Share) async throws -> ReportOrder.Fate {
        guard share.isOver else { return .notOver }
        // What was sent long ago is not in the outbox any more.
        guard let message = try await ledger.message(share.key) else { return .sentAlready }
        if message.sent > 0 { return share.isNew ? .sent : .sentAlready }
        if message.givenUpAt != nil { return .refused(message.trouble ?? "it does not say why") }
        return .waiting(message.trouble)
    }
}
