import Domain
import FoundationEssentials
import Testing

private typealias Issue = Domain.Issue

/// How fast the team was, and what that saved.
@Suite struct ResponseTimesTests {
    private static let start = Date(timeIntervalSince1970: 1_795_500_000)
    private static let week = start..<(start + 7 * 86_400)

    /// Times in minutes, from the start of the week on.
    private static func incident(
        _ number: Int, _ project: String = "shop-web", at opened: Double = 0, act: Double? = nil,
        finding: Double? = nil,
        resolved: Double? = nil, runbook: Bool = false
    ) -> Incident {
        func date(_ minutes: Double?) -> Date? { minutes.map { start + (opened + $0) * 60 } }
        return Incident(
            issue: Issue.ID(number), title: "TypeError \(number)", project: project, openedAt: start + opened * 60,
            firstActAt: date(act), investigatedAt: date(finding), resolvedAt: date(resolved), hasRunbook: runbook)
    }

    @Test func `counts what was done in the period, whenever it began`() {
        let incidents = [
            // Opened the week before, acted on this week.
            Self.incident(1, at: -600, act: 605, resolved: 700), Self.incident(2, act: 5, resolved: 50),
            Self.incident(3, act: 10), Self.incident(4, act: 15, resolved: 20_000), Self.incident(5),
            Self.incident(6, at: -600, act: 5, resolved: 30), Self.incident(7, at: 60, act: 20, resolved: 40),
        ]
        let times = ResponseTimes(incidents, in: Self.week)
        // 5, 10, 15, 20 and 605 minutes.
        #expect(times.toFirstAct.words == "median 15 min (5)")
        #expect(times.toResolved.words == "too few to say (3)")
        #expect(times.longest.map(\.issue) == [1, 2, 7].map(Issue.ID.init))
    }

    @Test func `the end of a period belongs to the next`() {
        let incidents = (0..<5).map { Self.incident($0, act: 7 * 1440, resolved: 7 * 1440) }
        #expect(ResponseTimes(incidents, in: Self.week).toResolved.count == 0)
        let next = Self.week.upperBound..<(Self.week.upperBound + 60)
        #expect(ResponseTimes(incidents, in: next).toResolved.count == 5)
    }

    @Test func `a clock that was set back makes nothing negative`() {
        let incidents = (0..<5).map { Self.incident($0, at: 100, act: -10, finding: -20, resolved: -30) }
        let times = ResponseTimes(incidents, in: Self.week)
        #expect(times.toFirstAct.median == 0 && times.toResolved.median == 0)
        #expect(incidents[0].triage == 0)
    }

    @Test func `each project has its own`() {
        let incidents =
            (0..<5).map { Self.incident($0, "shop-web", act: 5) }
            + (5..<10).map { Self.incident($0, "api", resolved: 60) }
            + [Self.incident(10, "quiet")]
        let projects = ResponseTimes.byProject(incidents, in: Self.week)
        #expect(projects.map(\.project) == ["api", "shop-web"])
        #expect(projects.map(\.times.toFirstAct.words) == ["none", "median 5 min (5)"])
        #expect(projects.map(\.times.toResolved.words) == ["median 1 h (5)", "none"])
    }

    // MARK: Time saved

    @Test func `what an investigation saved is a median, times how many`() {
        let incidents =
            (0..<14).map { Self.incident($0, act: 3, finding: 7) }
            // Taken in the evening, looked into the next morning.
            + [Self.incident(14, act: 3, finding: 900)] + [Self.incident(15, finding: 2), Self.incident(16, act: 3)]
        let saved = TimeSaved(incidents, in: Self.week, baseline: .assumed(minutes: 15))
        #expect(saved.words == "about 2 h 45 min")
        #expect(
            saved.explanation == [
                "Without me it takes 15 min, as the team says (TIPLINE_BASELINE_MINUTES).",
                "15 issues were investigated here; from the first act to the finding, the median was 4 min.",
                "15 × (15 min − 4 min) = 2 h 45 min.",
                "Not counted: 1 investigation that nobody had asked for before it was there.",
            ])
    }

    @Test func `the baseline may be measured`() {
        let incidents = (0..<5).map { Self.incident($0, act: 3, finding: 5) }
        let (first, last) = (Day(year: 2026, month: 11, day: 2), Day(year: 2026, month: 11, day: 9))
        let measured = TimeSaved(
            incidents, in: Self.week,
            baseline: .measured(Spread((1...9).map { Double($0) * 240 }), from: first, to: last))
        #expect(measured.words == "about 1 h 30 min")
        #expect(
            measured.explanation == [
                "Without me it takes 20 min, measured from 2026-11-02 to 2026-11-09, the median of 9.",
                "5 issues were investigated here; from the first act to the finding, the median was 2 min.",
                "5 × (20 min − 2 min) = 1 h 30 min.",
            ])
        let few = TimeSaved(incidents, in: Self.week, baseline: .measured(Spread([60]), from: first, to: last))
        #expect(few.words == "too few to say")
        #expect(
            few.explanation.first
                == "Without me: measured from 2026-11-02 to 2026-11-09, but only 1, too few to say.")
    }

    @Test(arguments: [
        (4, 3.0, 7.0, 15, "too few to say"), (5, 3, 18, 15, "nothing yet"),
        (5, 3, 23, 15, "nothing: it took 25 min longer"),
        (5, 3, 3, 15, "about 1 h 15 min"), (0, 0, 0, 15, "too few to say"),
        (5, 3, 7, 0, "nothing: it took 20 min longer"),
        (5, 3, 7, -5, "nothing: it took 20 min longer"),
    ])
    func `claims nothing that was not measured`(count: Int, act: Double, finding: Double, minutes: Int, words: String) {
        let incidents = (0..<count).map { Self.incident($0, act: act, finding: finding) }
        let saved = TimeSaved(incidents, in: Self.week, baseline: .assumed(minutes: minutes))
        #expect(saved.words == words)
        #expect(saved.explanation.count >= 2)
    }

    @Test func `says how it was computed when it took longer, or when there are too few`() {
        let slow = TimeSaved(
            (0..<5).map { Self.incident($0, act: 3, finding: 23) }, in: Self.week, baseline: .assumed(minutes: 15))
        #expect(slow.explanation.last == "5 × (15 min − 20 min) = −25 min.")
        let few = TimeSaved([Self.incident(1, act: 1, finding: 2)], in: Self.week, baseline: .assumed(minutes: 15))
        #expect(few.explanation.last == "1 issue was investigated here; from 5 on I compute with the median.")
    }

    // MARK: With and without

    @Test func `shows issues with and without help side by side`() {
        let incidents =
            (0..<10).map { Self.incident($0, act: 1, finding: 2, resolved: 20 + Double($0)) }
            + (10..<20).map { Self.incident($0, act: 30, resolved: 100 + Double($0), runbook: true) }
            + [Self.incident(20, finding: 1, resolved: 20_000)]
        let investigation = Effect(of: .investigation, until: .resolved, incidents, in: Self.week)
        #expect(
            investigation.words
                == "with: median 24 min, nine of ten within 28 min (10); "
                + "without: median 1 h 54 min, nine of ten within 1 h 58 min (10); 1 h 30 min faster than without")
        let runbook = Effect(of: .runbook, until: .firstAct, incidents, in: Self.week)
        #expect(runbook.with.median == 1800 && runbook.without.median == 60)
        let none = Effect(of: .runbook, until: .resolved, [], in: Self.week)
        #expect(none.words == "with: none; without: none")
    }
}
