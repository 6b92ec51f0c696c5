import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What `/mttr`, `/saved` and `/baseline` say.
@Suite struct ResponseCommandTests {
    /// Twelve alerts, a minute apart, each taken after so many minutes as its number says and resolved an hour later; the
    /// even ones are investigated two minutes after they were taken.
    private static func busyWeek(_ body: (AlertWorld) async throws -> Void) async throws {
        try await AlertWorld.run { world in
            for number in 1...12 {
                let slug = number % 3 == 0 ? "billing-api" : "shop-web"
                await world.glitchtip.add(number, title: "Error: number \(number)", in: slug)
                try await world.look()
                world.clock.advance(Double(number) * 60)
                try await world.hears("/take \(number)")
                world.clock.advance(120)
                if number % 2 == 0 { try await world.hears("/investigate \(number)") }
                world.clock.advance(3480)
                try await world.hears("/resolve \(number)")
            }
            world.clock.advance(60)
            try await body(world)
        }
    }

    @Test func `says how fast, what took longest, and by project`() async throws {
        try await Self.busyWeek { world in
            let shown = try #require(try await world.hears("/mttr 7d"))
            try Golden.expect("\(shown.text)\n\n\(shown.buttons)", is: "mttr")
            let one = try #require(try await world.hears("/mttr billing-api 7d"))
            try Golden.expect("\(one.text)\n\n\(one.buttons)", is: "mttr-project")
        }
    }

    @Test func `says what was saved, and one tap away how it was computed`() async throws {
        try await Self.busyWeek { world in
            let shown = try #require(try await world.hears("/saved 7d"))
            try Golden.expect("\(shown.text)\n\n\(shown.buttons)", is: "saved")
            try Golden.expect(try #require(try await world.hears("/saved 7d how")).text, is: "saved-how")
            #expect(try await world.hears("/saved how 7d")?.text == (try await world.hears("/saved 7d how")?.text))
        }
    }

    @Test func `claims nothing that the numbers do not carry`() async throws {
        try await AlertWorld.run { world in
            try Golden.expect(try #require(try await world.hears("/mttr")).text, is: "mttr-nothing")
            try Golden.expect(try #require(try await world.hears("/saved")).text, is: "saved-nothing")
        }
    }

    @Test func `a baseline is measured from start to stop, and then compared with`() async throws {
        try await AlertWorld.run { world in
            #expect(
                try await world.hears("/baseline")?.text
                    == "📏 Not measured. I compare with 15 min (TIPLINE_BASELINE_MINUTES); <code>/baseline start</code> measures."
            )
            #expect(
                try await world.hears("/baseline stop")?.text
                    == "Nothing is being measured. <code>/baseline start</code> begins.")
            #expect(
                try await world.hears("/baseline start")?.text == """
                    📏 Measuring from now on: from the first act on an alert to its resolution or first comment, without \
                    /investigate. A week is a good measure; <code>/baseline stop</code> ends it.
                    """)
            for number in 1...5 {
                await world.glitchtip.add(number, title: "Error: number \(number)")
                try await world.look()
                try await world.hears("/take \(number)")
                world.clock.advance(Double(number) * 600)
                try await world.hears(number == 5 ? "/comment 5 It was the cache" : "/resolve \(number)")
            }
            let going = try #require(try await world.hears("/baseline")).text
            #expect(going.hasPrefix("📏 Measuring since <tg-time") && going.hasSuffix("median 30 min (5)."))
            #expect(try await world.hears("/baseline start")?.text.hasPrefix("It is being measured already") == true)
            #expect(
                try await world.hears("/baseline stop")?.text
                    == "📏 Measured: median 30 min (5). /saved compares with that from now on.")
            #expect(
                try await world.hears("/baseline")?.text
                    == "📏 Measured from 2026-11-25 to 2026-11-25: median 30 min (5).")
            #expect(
                try await world.hears("/saved how")?.text.contains(
                    "Without me it takes 30 min, measured from 2026-11-25 to 2026-11-25, the median of 5.") == true)
        }
    }

    @Test(arguments: [
        ("/mttr unicorn", "There is no project <code>unicorn</code>. There are: billing-api, shop-web."),
        ("/mttr shop-web 7d now", "I do not understand <code>now</code>."),
        ("/saved soon", "<code>soon</code> is not a time such as <code>30d</code>."),
        ("/saved 7d 8d", "I do not understand <code>8d</code>."),
        ("/saved week monday", "<code>monday</code> is not a day such as <code>2026-11-25</code>."),
        ("/saved week 2026-11-31 how", "<code>2026-11-31</code> is not a day such as <code>2026-11-25</code>."),
        ("/saved week 2026-11-23 now", "I do not understand <code>now</code>."),
        ("/baseline perhaps", "I do not understand <code>perhaps</code>."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: a")
            await world.glitchtip.add(2, title: "Error: b", in: "billing-api")
            let said = try await world.hears(line)
            #expect(said?.text == answer)
        }
    }

    @Test func `only admins measure`() async throws {
        try await AlertWorld.run { world in
            let said = try await world.hears("/baseline start", by: .grace)
            #expect(said?.text == "Only an admin can do that.")
        }
    }
}
