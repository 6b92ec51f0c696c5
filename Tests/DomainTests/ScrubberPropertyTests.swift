import Chance
import Domain
import Testing

/// What holds for every text, tried on many that the dice made. The dice fall the same way in every run.
@Suite struct ScrubberPropertyTests {
    private static let secrets = [
        "ghp_" + String(repeating: "aB3", count: 12), "AKIA" + "ABCDEFGHIJKLMNOP", "glpat-" + "abcdefghij0123456789",
        "sk_live_" + "abcdefghij0123456789", "123456789:AA" + String(repeating: "bC4", count: 11),
        "xoxb-" + "1234567890-abcdefghijk",
    ]
    private static let pieces =
        secrets + [
            "password", "passwd=", "=", ":", " ", "\"", "'", "token", "key", "session", "[token]", "[password]", "[",
            "]", "https://",
            "@", "/", "?", "&", "\n", "ada@x.io", "203.0.113.9", "💥", "é", "\u{202E}", "\u{0}", "::",
            "4111111111111111", "4111 1111 ",
            "1111", "-----BEGIN ", "PRIVATE KEY-----", "-----END ", "Bearer ", "Basic", "Cookie: ", "{", "}", "(", ")",
            "\\", "\\n", "%40",
            "%3D", "%", "<", ">", ",", ";", "a", "2x", ".", "-", "_", "--", "DE89 3704 0044 0532 0130 00",
            "2001:db8::1", "fe80", "1", "=>",
            "&quot;", "b'", "eyJ", "\u{1B}[31m", "git", "null", "must ",
        ]

    private func text(_ dice: inout Dice, upTo count: Int, without secret: String? = nil) -> String {
        let pieces = Self.pieces.filter { $0 != secret }
        return (0..<Int.random(in: 0...count, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }
            .joined()
    }

    @Test(arguments: 0..<8)
    func `scrubbing twice changes nothing`(seed: UInt64) {
        var dice = Dice(seed: seed)
        for _ in 0..<2500 {
            let text = text(&dice, upTo: 14)
            let once = Scrubber.scrub(text)
            #expect(Scrubber.scrub(once) == once, "\(text.debugDescription)")
        }
    }

    @Test(arguments: secrets)
    func `a planted secret never survives`(secret: String) {
        var dice = Dice(seed: UInt64(secret.utf8.count))
        for _ in 0..<2500 {
            let planted = text(&dice, upTo: 6) + " " + secret + " " + text(&dice, upTo: 6)
            #expect(!Scrubber.scrub(planted).contains(secret), "\(planted.debugDescription)")
        }
    }

    @Test(arguments: [
        "ada.lovelace@example.com", "4111111111111111", "203.0.113.77", "DE89370400440532013000",
        "2001:db8::8a2e:370:7334",
    ])
    func `planted personal data never survives between words`(secret: String) {
        var dice = Dice(seed: 3)
        let edges = [
            " ", "\n", "\t", "\"", "'", "(", ")", "<", ">", ", ", "; ", "\\n", "[", "]", "{", "}", "|", "💥", " = ",
        ]
        for before in edges {
            for after in edges {
                let planted =
                    text(&dice, upTo: 4, without: secret) + " " + before + secret + after + " "
                    + text(&dice, upTo: 4, without: secret)
                #expect(!Scrubber.scrub(planted).contains(secret), "\(planted.debugDescription)")
            }
        }
    }

    @Test func `any Unicode is read`() {
        var dice = Dice(seed: 11)
        for _ in 0..<2000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &dice) {
                let range: ClosedRange<UInt32> = Bool.random(using: &dice) ? 0...0x7F : 0...0x10FFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &dice)) { scalars.append(scalar) }
            }
            let text = String(scalars)
            let once = Scrubber.scrub(text)
            #expect(Scrubber.scrub(once) == once, "\(text.debugDescription)")
            #expect(!once.unicodeScalars.contains("\u{FFFD}") || text.unicodeScalars.contains("\u{FFFD}"))
        }
    }

    /// Linear time: with a quadratic step one of these takes minutes, and the time limit ends the run.
    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "a", "a:", "a=", "password=\"", "password='", "password=(", "token: ", "https://", "https://a:",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----!", "4", "4111 ", "AB12", "DE89", "x@", "a.b@a.b.", "[", "\\\"", "AKIA", "eyJ",
            "sk-", "1:", "a:b:",
            "::", "1.1.1.", "a-a-", "Bearer ", "%40", "password=[", "key=", "password=a,a", "cookie: must ",
            "<password>", "--password ",
            "[\"password\",", "password=\\\\\\\"", "/api/webhooks/", "\u{1B}[0m", "💥@",
        ])
    func `a text of traps is one pass`(trap: String) {
        let text = String(repeating: trap, count: 60_000 / trap.utf8.count)
        #expect(!Scrubber.scrub(text).isEmpty)
    }
}
