import Domain
import FoundationEssentials
import Testing

private typealias Issue = Domain.Issue

/// Whom the alerts of a week fell on.
@Suite struct DutyLoadTests {
    private static let start = Date(timeIntervalSince1970: 1_795_500_000)
    private static let week = start..<(start + 7 * 86_400)

    private static func alert(
        _ number: Int, after seconds: Double = 0, onDuty: [String]?, takenBy: String? = nil
    ) -> Incident {
        Incident(
            issue: Issue.ID(number), title: "TypeError", project: "shop-web", openedAt: start + seconds,
            onDuty: onDuty, takenBy: takenBy)
    }

    @Test func `counts for each who was on duty, and for whoever took it`() {
        let load = DutyLoad(
            [
                Self.alert(1, onDuty: ["@ada"], takenBy: "Ada"), Self.alert(2, onDuty: ["@ada", "@bob"]),
                Self.alert(3, onDuty: ["@cy"], takenBy: "Bob"), Self.alert(4, onDuty: [], takenBy: "Bob"),
                // Named twice is on duty once; from an older program; out of the week.
                Self.alert(5, onDuty: ["@bob", "@bob"]), Self.alert(6, onDuty: nil),
                Self.alert(7, after: -1, onDuty: ["@ada"], takenBy: "Ada"),
                Self.alert(8, after: 7 * 86_400, onDuty: ["@ada"], takenBy: "Ada"),
            ], in: Self.week)
        #expect(load.onDuty.map(\.name) == ["@ada", "@bob", "@cy"])
        #expect(load.onDuty.map(\.alerts) == [2, 2, 1])
        #expect(load.whileNobody == 1)
        #expect(load.taken.map(\.name) == ["Bob", "Ada"])
        #expect(load.taken.map(\.alerts) == [2, 1])
        #expect(load.untaken == 3)
    }

    @Test func `without alerts there is nothing`() {
        let load = DutyLoad([], in: Self.week)
        #expect(load.onDuty.isEmpty && load.taken.isEmpty && load.whileNobody == 0 && load.untaken == 0)
    }
}
