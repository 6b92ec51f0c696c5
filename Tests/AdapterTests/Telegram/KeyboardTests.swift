import Telegram
import Testing

/// Buttons within Telegram's limits: what it would refuse a whole message for is left out.
@Suite struct KeyboardTests {
    @Test(arguments: [
        ("/resolve 2", true), (String(repeating: "x", count: 64), true), (String(repeating: "x", count: 65), false),
        (String(repeating: "é", count: 32), true), (String(repeating: "é", count: 33), false), ("", false),
        (String(repeating: "😀", count: 16), true), (String(repeating: "😀", count: 17), false),
    ])
    func `a press carries 1 to 64 bytes`(data: String, fits: Bool) {
        #expect((InlineKeyboardButton("x", callbackData: data) != nil) == fits)
    }

    @Test(arguments: ["", " ", "\n\t\u{A0}"])
    func `a button has something to read`(text: String) {
        #expect(InlineKeyboardButton(text, callbackData: "/help") == nil)
        #expect(InlineKeyboardButton(text, url: "https://x.example") == nil)
    }

    @Test(arguments: [
        "https://glitchtip.example.com/acme/issues/2", "http://glitchtip.example.com:8000/", "HTTPS://X.example",
        "http://10.0.4.7:8000/x",
        "http://[::1]:8000/", "https://x.example/?q=a&b=%20#top", "https://user@x.example/", "https://münchen.example/",
    ])
    func `a link leads to a host with a dot, or an address`(url: String) {
        #expect(WebAddress.isAccepted(url))
        #expect(InlineKeyboardButton("x", url: url)?.action == .url(url))
    }

    @Test(arguments: [
        "http://localhost:8000/acme/issues/2", "http://glitchtip:8000", "https://", "https:///path", "", "x.example",
        "//x.example",
        "ftp://x.example", "javascript:alert(1)", "tg://user?id=1", "mailto:a@x.example", "https://x.",
        "https://.example",
        "https://a..example", "https://x.example/a b", "https://x.example/\n", " https://x.example", "http://.",
        "https://x.example/\0",
        "https://x.example/" + String(repeating: "x", count: 2048),
    ])
    func `other links make no button`(url: String) {
        #expect(!WebAddress.isAccepted(url))
        #expect(InlineKeyboardButton("x", url: url) == nil)
    }

    private func row(_ count: Int) throws -> [InlineKeyboardButton] {
        try (0..<count).map { try #require(InlineKeyboardButton("\($0)", callbackData: "/\($0)")) }
    }

    @Test(arguments: [
        ([], []), ([0], []), ([3, 0, 1], [3, 1]), ([8], [8]), ([9], [8, 1]), ([20], [8, 8, 4]),
        (Array(repeating: 8, count: 13), Array(repeating: 8, count: 12) + [4]),
        ([200], Array(repeating: 8, count: 12) + [4]),
        (Array(repeating: 1, count: 120), Array(repeating: 1, count: 100)),
    ])
    func `a row has eight buttons at most, a message a hundred`(counts: [Int], expected: [Int]) throws {
        let keyboard = InlineKeyboardMarkup(rows: try counts.map(row))
        #expect(keyboard.rows.map(\.count) == expected)
    }
}
