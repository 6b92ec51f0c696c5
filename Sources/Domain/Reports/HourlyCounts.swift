import FoundationEssentials

/// Events by the hour, of a period that ends now and of the one before it, as long.
package struct HourlyCounts: Sendable, Hashable {
    /// When the first hour began; hours are whole ones of the clock.
    package let start: Date
    /// From the oldest on; the last hour is not over yet.
    package let now: [Int]
    package let before: [Int]

    /// The whole hour in which so many hours begin whose last is the present one.
    package static func start(hours: Int, now: Date) -> Date {
        let current = (now.timeIntervalSince1970 / 3600).rounded(.down)
        return Date(timeIntervalSince1970: (current - Double(hours) + 1) * 3600)
    }

    /// - Parameter counts: by the beginning of the hour; those without any may be left out.
    package init(_ counts: [Date: Int], hours: Int, now date: Date) {
        let start = Self.start(hours: hours, now: date)
        self.start = start
        func count(_ hour: Int) -> Int { max(0, counts[start.addingTimeInterval(Double(hour) * 3600)] ?? 0) }
        now = (0..<hours).map { count($0) }
        before = (0..<hours).map { count($0 - hours) }
    }

    /// Of a time, and of one before it that may end long before it begins: yesterday until now, the same day last week.
    ///
    /// - Parameter earlier: when that one begins.
    package init(_ counts: [Date: Int], from start: Date, to end: Date, before earlier: Date) {
        // The hours that begin within.
        func hour(_ date: Date) -> Double { (date.timeIntervalSince1970 / 3600).rounded(.up) }
        func events(from first: Double) -> [Int] {
            (0..<max(0, Int(hour(end) - hour(start)))).map {
                max(0, counts[Date(timeIntervalSince1970: (first + Double($0)) * 3600)] ?? 0)
            }
        }
        self.start = Date(timeIntervalSince1970: hour(start) * 3600)
        now = events(from: hour(start))
        before = events(from: hour(earlier))
    }

    package var range: Range<Date> { start..<start.addingTimeInterval(Double(now.count) * 3600) }
    package var total: Int { now.reduce(0, +) }
    package var totalBefore: Int { before.reduce(0, +) }
    package var comparison: Comparison { Comparison(total, before: totalBefore) }

    /// The hour with most events, the first of several; nil when there were none.
    package var busiest: (start: Date, events: Int)? {
        guard let most = now.max(), most > 0, let hour = now.firstIndex(of: most) else { return nil }
        return (start.addingTimeInterval(Double(hour) * 3600), most)
    }

    /// Several hours together, so that there are not more than that many.
    package func grouped(atMost limit: Int) -> (hours: Int, now: [Int], before: [Int]) {
        let size = [1, 2, 3, 4, 6, 12, 24].first { now.count <= $0 * limit } ?? max(1, (now.count + limit - 1) / limit)
        func sums(_ values: [Int]) -> [Int] {
            stride(from: 0, to: values.count, by: size).map { values[$0...].prefix(size).reduce(0, +) }
        }
        return (size, sums(now), sums(before))
    }
}
