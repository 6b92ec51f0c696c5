import Testing
import Web

@Suite struct MetricTests {
    @Test func `a page has help, type and samples`() {
        #expect(
            Metric.page([
                Metric(
                    "tipline_queue_length", .gauge, "What is waiting.",
                    [
                        .init(2, ("queue", "alerts")), .init(0, ("queue", "outbox"), ("chat", "-1001")),
                    ]),
                Metric("tipline_oldest_seconds", .gauge, "Its age.", 1.5),
                Metric("tipline_nothing", .counter, "No samples.", []),
            ]) == """
                # HELP tipline_queue_length What is waiting.
                # TYPE tipline_queue_length gauge
                tipline_queue_length{queue="alerts"} 2
                tipline_queue_length{queue="outbox",chat="-1001"} 0
                # HELP tipline_oldest_seconds Its age.
                # TYPE tipline_oldest_seconds gauge
                tipline_oldest_seconds 1.5
                # HELP tipline_nothing No samples.
                # TYPE tipline_nothing counter

                """)
    }

    @Test func `what would break a line is escaped`() {
        let text = "a\\b\"c\nd"
        #expect(
            Metric.page([Metric("m", .gauge, text, [.init(1, ("l", text))])]) == #"""
                # HELP m a\\b"c\nd
                # TYPE m gauge
                m{l="a\\b\"c\nd"} 1

                """#)
    }

    @Test(arguments: [
        (0, "0"), (-3, "-3"), (0.1, "0.1"), (1e300, "1e+300"), (Double.nan, "NaN"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"),
        (1_700_000_000, "1700000000"),
    ])
    func `numbers as Prometheus reads them`(value: Double, text: String) {
        #expect(Metric.page([Metric("m", .gauge, "h", value)]).hasSuffix("\nm \(text)\n"))
    }
}
