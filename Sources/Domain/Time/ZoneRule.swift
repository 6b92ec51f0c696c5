/// How a zone goes on after its last recorded change, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable, Hashable {
    private let standard: Int
    private let summer: Summer?

    private struct Summer: Sendable, Hashable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// When the clocks change, each year.
    private enum Change: Sendable, Hashable {
        /// `M3.5.0/2`: the fifth, that is the last, Sunday of March.
        case weekday(month: Int, week: Int, weekday: Int, seconds: Int)
        /// `J60`: the leap day is never counted, 1 to 365.
        case dayWithoutLeap(Int, seconds: Int)
        /// `59`: it is, from 0 on.
        case day(Int, seconds: Int)
    }

    init?(text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        var names = parts.first ?? ""
        guard Self.skipName(&names), let offset = Self.takeTime(&names) else { return nil }
        // West is positive there.
        standard = -offset
        guard !names.isEmpty else {
            summer = nil
            return
        }
        guard Self.skipName(&names), parts.count == 3, let start = Self.change(parts[1]),
            let end = Self.change(parts[2])
        else { return nil }
        let summerOffset = names.isEmpty ? standard + 3600 : Self.takeTime(&names).map { -$0 }
        guard let summerOffset, names.isEmpty else { return nil }
        summer = Summer(offset: summerOffset, start: start, end: end)
    }

    func offset(at time: Int) -> Int {
        guard let summer else { return standard }
        let year = LocalTime(seconds: time + standard).day.parts.year
        let start = Self.seconds(of: summer.start, in: year) - standard
        let end = Self.seconds(of: summer.end, in: year) - summer.offset
        // In the south, summer is at both ends of the year.
        let isSummer = start < end ? (start..<end).contains(time) : !(end..<start).contains(time)
        return isSummer ? summer.offset : standard
    }

    /// By the clocks there, before they are changed.
    private static func seconds(of change: Change, in year: Int) -> Int {
        switch change {
        case .weekday(let month, let week, let weekday, let seconds):
            let first = Day(year: year, month: month, day: 1)
            var day = first.adding((weekday - first.weekday + 7) % 7 + (week - 1) * 7)
            if day.parts.month != month { day = day.adding(-7) }
            return day.number * 86_400 + seconds
        case .dayWithoutLeap(let number, let seconds):
            let isLeap = Day(year: year, month: 3, day: 1).number - Day(year: year, month: 2, day: 1).number == 29
            let skipped = isLeap && number >= 60 ? 1 : 0
            return (Day(year: year, month: 1, day: 1).number + number - 1 + skipped) * 86_400 + seconds
        case .day(let number, let seconds):
            return (Day(year: year, month: 1, day: 1).number + number) * 86_400 + seconds
        }
    }

    private static func change(_ text: Substring) -> Change? {
        let halves = text.split(separator: "/", maxSplits: 1)
        var clock = halves.count == 2 ? halves[1] : "2"
        guard let date = halves.first, let seconds = takeTime(&clock), clock.isEmpty else { return nil }
        if date.hasPrefix("M") {
            let numbers = date.dropFirst().split(separator: ".").compactMap { Int($0) }
            guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
                (0...6).contains(numbers[2])
            else { return nil }
            return .weekday(month: numbers[0], week: numbers[1], weekday: numbers[2], seconds: seconds)
        }
        if date.hasPrefix("J") {
            guard let number = Int(date.dropFirst()), (1...365).contains(number) else { return nil }
            return .dayWithoutLeap(number, seconds: seconds)
        }
        guard let number = Int(date), (0...365).contains(number) else { return nil }
        return .day(number, seconds: seconds)
    }

    /// `CET`, or in brackets when it is not of letters: `<+03>`.
    private static func skipName(_ text: inout Substring) -> Bool {
        if text.first == "<" {
            guard let end = text.firstIndex(of: ">") else { return false }
            text = text[text.index(after: end)...]
            return true
        }
        let name = text.prefix { $0.isLetter }
        text = text.dropFirst(name.count)
        return name.count >= 3
    }

    /// `-1`, `5:30`, `-2:30:15`, in seconds.
    private static func takeTime(_ text: inout Substring) -> Int? {
        let clock = text.prefix { $0.isNumber || $0 == ":" || $0 == "-" || $0 == "+" }
        text = text.dropFirst(clock.count)
        let isNegative = clock.hasPrefix("-")
        let parts = clock.drop { $0 == "-" || $0 == "+" }.split(separator: ":").map { Int($0) }
        guard (1...3).contains(parts.count), parts.allSatisfy({ ($0 ?? 1000) < 1000 }) else { return nil }
        let seconds = zip(parts.compactMap { $0 }, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return isNegative ? -seconds : seconds
    }
}
