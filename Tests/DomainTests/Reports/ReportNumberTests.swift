import Domain
import FoundationEssentials
import Testing

/// What reports say of numbers, and when they say that they can't.
@Suite struct ReportNumberTests {
    @Test(arguments: [
        (880, 1000, "12 % fewer than yesterday"), (1130, 1000, "13 % more than yesterday"),
        (1000, 1000, "about the same as yesterday"), (1040, 1000, "about the same as yesterday"),
        // Of millions, two hundredths are beyond chance and still no news.
        (1_020_000, 1_000_000, "about the same as yesterday"), (1_060_000, 1_000_000, "6 % more than yesterday"),
        // What chance alone does.
        (112, 100, "about the same as yesterday"), (14, 10, "about the same as yesterday"),
        (9, 9, "too few to say"), (0, 9, "too few to say"), (9, 0, "too few to say"), (0, 0, "too few to say"),
        (0, 10, "none, against 10 yesterday"), (10, 0, "none yesterday"), (3, 16, "81 % fewer than yesterday"),
        (1, 10_000, "99 % fewer than yesterday"), (250, 100, "150 % more than yesterday"),
        (300, 100, "3 times as many as yesterday"), (345, 100, "3.5 times as many as yesterday"),
        (1234, 100, "12 times as many as yesterday"), (-5, 20, "none, against 20 yesterday"),
    ])
    func `compares two counts`(now: Int, before: Int, words: String) {
        #expect(Comparison(now, before: before).words(than: "yesterday") == words)
    }

    @Test func `is fair to both sides`() {
        for (low, high) in [(880, 1000), (100, 112), (10, 300), (3, 16)] {
            let (up, down) = (Comparison(high, before: low).verdict, Comparison(low, before: high).verdict)
            #expect((up == .more) == (down == .fewer))
            #expect((up == .same) == (down == .same))
        }
    }

    @Test(
        arguments: [
            ([], "none"), ([60], "too few to say (1)"), ([60, 60, 60, 60], "too few to say (4)"),
            ([60, 120, 180, 240, 6000], "median 3 min (5)"), ([600, 60, 300, 180, 240, 120], "median 3 min (6)"),
            (Array(stride(from: 60.0, through: 600, by: 60)), "median 5 min, nine of ten within 9 min (10)"),
            (Array(stride(from: 60.0, through: 660, by: 60)), "median 6 min, nine of ten within 10 min (11)"),
            (Array(stride(from: 36.0, through: 3600, by: 36)), "median 30 min, nine of ten within 54 min (100)"),
            // A clock that was set back, and what is no number.
            ([-500, .nan, .infinity, 60, 60, 60, 120], "median 1 min (5)"),
        ] as [([Double], String)])
    func `says the middle and the tail of durations`(seconds: [Double], words: String) {
        #expect(Spread(seconds).words == words)
    }

    @Test func `compares durations only beyond chance`() {
        let hours = Spread((1...20).map { Double($0) * 3600 })
        let minutes = Spread((1...20).map { Double($0) * 600 })
        #expect(minutes.words(than: hours, "last week") == "8 h 45 min faster than last week")
        #expect(hours.words(than: minutes, "last week") == "8 h 45 min slower than last week")
        #expect(hours.words(than: hours, "last week") == "about as fast as last week")
        // Medians of 10 and 50 minutes, but all mixed.
        let mixed = Spread([60, 300, 600, 3600, 7200])
        #expect(mixed.words(than: Spread([30, 600, 3000, 3300, 3600]), "before") == "about as fast as before")
        // Beyond chance, and yet too little to speak of.
        #expect(
            Spread(repeatElement(100, count: 20)).words(than: Spread(repeatElement(130, count: 20)), "x")
                == "about as fast as x")
        #expect(Spread([1, 2, 3, 4]).words(than: hours, "last week") == nil)
        #expect(hours.words(than: Spread([]), "last week") == nil)
    }

    @Test(arguments: [
        ([120, 150, 180, 240], "120, 150, 180, 240: rising"), ([240, 180, 150, 120], "240, 180, 150, 120: falling"),
        ([100, 104, 97, 101], "100, 104, 97, 101: steady"), ([100, 300, 100, 300], "100, 300, 100, 300: up and down"),
        ([100, 100, 400, 100], "100, 100, 400, 100: up and down"),
        ([400, 100, 100, 390], "400, 100, 100, 390: up and down"),
        ([1, 2, 1, 2], "1, 2, 1, 2: too few to say"), ([100, 200], "100, 200: too few to say"),
        ([], "too few to say"), ([9000, 120, 150, 180, 240], "120, 150, 180, 240: rising"),
        ([0, 0, 0, 0], "0, 0, 0, 0: too few to say"), ([0, 0, 20, 60], "0, 0, 20, 60: rising"),
    ])
    func `says how four weeks went`(weeks: [Int], words: String) {
        #expect(Trend(weeks).words == words)
    }

    @Test(arguments: [
        (0, 0, 0, "none"), (0, 0, 1, "1 investigation; nobody said whether right"),
        (1, 0, 1, "1 investigation; right in 1 of 1 answer (too few to say)"),
        (9, 2, 14, "14 investigations; right in 9 of 11 answers (82 %)"),
        (0, 5, 5, "5 investigations; right in 0 of 5 answers (0 %)"),
        (5, 0, 5, "5 investigations; right in 5 of 5 answers (100 %)"),
        (3, 1, 20, "20 investigations; right in 3 of 4 answers (too few to say)"),
        (5, 1, 2, "6 investigations; right in 5 of 6 answers (83 %)"), (-1, -1, -1, "none"),
    ])
    func `says how often it was right`(right: Int, wrong: Int, all: Int, words: String) {
        #expect(HitRate(right: right, wrong: wrong, investigations: all).words == words)
    }

    @Test func `names the few that count most`() {
        let counts = ["b": 5, "a": 5, "c": 9, "d": 1, "e": 2, "none": 0]
        let top = Top(3, of: counts, by: \.value, then: \.key)
        #expect(top.leaders.map(\.key) == ["c", "a", "b"])
        #expect(top.others == 2 && top.otherCount == 3)
        let all = Top(10, of: counts, by: \.value, then: \.key)
        #expect(all.leaders.count == 5 && all.others == 0 && all.otherCount == 0)
        #expect(Top(-1, of: counts, by: \.value, then: \.key).leaders.isEmpty)
        #expect(Top(3, of: [String: Int](), by: \.value, then: \.key).leaders.isEmpty)
    }
}
