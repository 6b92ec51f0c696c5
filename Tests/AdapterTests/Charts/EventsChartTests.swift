import Testing

@testable import Charts

/// The picture as far as a program can see it: that there is one, of the right size, from whatever numbers and names.
@Suite struct EventsChartTests {
    private static func chart(
        bars: [Int] = [1, 2, 3], before: [Int] = [3, 2, 1], title: String = "Events per hour",
        marks: [EventsChart.Mark] = []
    ) -> EventsChart {
        EventsChart(
            title: title, legend: "today", legendBefore: "yesterday", bars: bars, before: before,
            labels: [.init(bar: 0, text: "00:00"), .init(bar: 2, text: "02:00"), .init(bar: 99, text: "never")],
            marks: marks)
    }

    @Test(arguments: [
        chart(), chart(bars: [], before: []), chart(bars: Array(repeating: 0, count: 24), before: []),
        chart(bars: [0, 100_000, 1]), chart(bars: [Int.max, 1], before: [Int.min]), chart(before: []),
        chart(bars: Array(repeating: 7, count: 100_000)), chart(before: Array(repeating: 7, count: 100_000)),
        chart(title: String(repeating: "W", count: 10_000)), chart(title: "\u{202E}\u{0}\n😀 數據 مشروع"),
        chart(marks: (0..<500).map { .init(position: Double($0) / 100, text: "shop-web@2.3.\($0)") }),
        chart(marks: [
            .init(position: .nan, text: "nan"), .init(position: -9, text: ""), .init(position: 1e300, text: "x"),
        ]),
    ])
    func `anything becomes a PNG of 1200 by 675`(chart: EventsChart) throws {
        let png = try chart.png()
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        #expect(Array(png[16..<24]) == [0, 0, 0x04, 0xB0, 0, 0, 0x02, 0xA3])
        #expect(png.count < 200_000)
    }

    @Test func `the same numbers make the same picture, others another`() throws {
        #expect(try Self.chart().png() == Self.chart().png())
        #expect(try Self.chart().png() != Self.chart(bars: [1, 2, 4]).png())
        #expect(try Self.chart().png() != Self.chart(marks: [.init(position: 1, text: "2.3.1")]).png())
    }

    @Test(arguments: [
        (0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]), (57, [0, 20, 40, 60]),
        (100, [0, 50, 100]), (312, [0, 100, 200, 300, 400]), (100_000, [0, 50_000, 100_000]),
    ])
    func `few round numbers stand at the side`(highest: Int, lines: [Int]) {
        #expect(Scale(highest: highest).lines == lines)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1k"), (2500, "2.5k"), (100_000, "100k"), (1_500_000, "1.5M")])
    func `and are short`(number: Int, label: String) { #expect(Scale.label(number) == label) }

    @Test(arguments: [(7, "7"), (1234, "1,234"), (100_000, "100,000"), (1_234_567, "1,234,567")])
    func `the highest is said exactly`(number: Int, text: String) { #expect(Scale.exact(number) == text) }

    @Test func `names of releases never stand over another, and none is forgotten`() throws {
        let canvas = try Canvas(width: 1200, height: 675)
        let marks = (0..<24).map { (x: 100 + Double($0) * 44, text: "shop-web@2.3.\($0)") }
        let labels = MarkLabels(marks, from: 100, to: 1156, size: 28, canvas).labels
        for lane in 0...1 {
            let ours = labels.filter { $0.lane == lane }
            for (left, right) in zip(ours, ours.dropFirst()) {
                #expect(left.x + canvas.width(of: left.text, size: 28, bold: true) <= right.x)
            }
        }
        let counted = labels.map { label in label.text.split(separator: "+").dropFirst().last.flatMap { Int($0) } ?? 0 }
        #expect(labels.count + counted.reduce(0, +) == 24)
        #expect(labels.allSatisfy { $0.x + canvas.width(of: $0.text, size: 28, bold: true) <= 1200 })
    }

    @Test func `a long name keeps both its ends`() throws {
        let canvas = try Canvas(width: 100, height: 100)
        let name = "com.example.shop@2.3.1-beta.4+build.a0fd7486"
        let fitting = canvas.fitting(name, into: 300, size: 28)
        #expect(fitting.hasPrefix("com.") && fitting.hasSuffix("7486") && fitting.contains("…"))
        #expect(canvas.width(of: fitting, size: 28) <= 300)
    }

    @Test func `what no font has becomes one ellipsis, and no box`() throws {
        let canvas = try Canvas(width: 100, height: 100)
        // Nobody has been given this place in Unicode.
        let runs = canvas.runs(of: "shop\u{378}\u{378} 2.3 \u{378}")
        #expect(runs == [Canvas.Run(text: "shop… 2.3 …", family: 0)])
        #expect(canvas.width(of: "shop\u{378}", size: 28) == canvas.width(of: "shop…", size: 28))
    }

    /// Whether a machine has fonts for more is its own affair.
    @Test(arguments: ["日本語", "한국어", "支付-web 2.3", "😀 cart", "数据 مشروع"])
    func `each letter is written in a font that has it, or left out`(name: String) throws {
        let canvas = try Canvas(width: 100, height: 100)
        let shown = canvas.runs(of: name).map(\.text).joined()
        #expect(shown == name || shown.contains("…"))
        #expect(canvas.width(of: name, size: 28) > 0)
    }

    @Test(arguments: ["shop-web@2.3.1+build_7", "Größe, Łódź, Ελλάδα, Привет, עברית", "a · b – “c” …"])
    func `what DejaVu has is left as it is`(name: String) throws {
        let runs = try Canvas(width: 100, height: 100).runs(of: name)
        #expect(runs == [Canvas.Run(text: name, family: 0)])
    }

    @Test func `a sheet that cannot be is an error`() throws {
        #expect(throws: ChartError.self) { try Canvas(width: 1_000_000, height: 10).png() }
    }
}
