import Domain
import FoundationEssentials
import Testing

@Suite struct HourlyCountsTests {
    /// 12:20: the hour from 12:00 is the last, and not over yet.
    private static let now = Date.noon.plus(1200)

    @Test func `puts hours into their places, whichever are missing`() throws {
        let counts = HourlyCounts(
            [.noon: 5, .noon.plus(-2 * 3600): 7, .noon.plus(-3 * 3600): 2, .noon.plus(-9 * 3600): 100], hours: 3,
            now: Self.now)
        #expect(counts.start == .noon.plus(-2 * 3600))
        #expect(counts.now == [7, 0, 5])
        #expect(counts.before == [0, 0, 2])
        #expect(counts.total == 12)
        #expect(try #require(counts.busiest) == (.noon.plus(-2 * 3600), 7))
    }

    @Test func `nothing has no busiest hour`() { #expect(HourlyCounts([:], hours: 24, now: Self.now).busiest == nil) }

    @Test(arguments: [(24, 1, 24), (48, 1, 48), (168, 3, 56), (720, 12, 60), (2160, 36, 60)])
    func `puts hours together so that bars are wide enough`(hours: Int, each: Int, bars: Int) {
        let counts = HourlyCounts([.noon: 5], hours: hours, now: Self.now)
        let grouped = counts.grouped(atMost: 60)
        #expect(grouped.hours == each)
        #expect(grouped.now.count == bars)
        #expect(grouped.now.last == 5)
    }
}
