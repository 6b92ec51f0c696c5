import Testing

@testable import Runbooks

/// Words next to one another, whole, in any case.
@Suite struct PhraseTests {
    @Test(arguments: [
        ("connection refused", "Connection refused.", true),
        ("connection refused", "(connection-REFUSED)", true),
        ("connection refused", "connection was refused", false),
        ("connection refused", "reconnection refused", false),
        ("connection refused", "connection refusedly", false),
        ("lib/cart.js", "/srv/shop/lib/cart.js", true),
        ("lib/cart.js", "/srv/shop/lib/cart.jsx", false),
        ("node_modules/pg", "/srv/node_modules/pg/lib/client.js", true),
        ("node_modules/pg", "/srv/node_modules/pgsql/client.js", false),
        ("com.shop.pay", "com.shop.pay.Client", true),
        ("can't access", "can't access property", true),
        ("größe fehlt", "Die GRÖSSE Größe Fehlt", true),
        ("é", "e", false), ("数据库", "连接 数据库 失败", true), ("“timeout”", "a timeout came", true),
        ("a b", "a\u{0}b", true), ("snake_case", "snake case", false),
    ])
    func `is in a text`(words: String, text: String, isIn: Bool) throws {
        #expect(try #require(Phrase(words)).isIn(WordText(lines: [text])) == isIn)
    }

    @Test func `does not reach from one line into the next`() throws {
        let phrase = try #require(Phrase("connection refused"))
        #expect(!phrase.isIn(WordText(lines: ["a connection", "refused it"])))
        #expect(phrase.isIn(WordText(lines: ["no", "connection refused"])))
    }

    @Test func `a type is the end of a name`() throws {
        let phrase = try #require(Phrase("OperationalError"))
        #expect(phrase.endsLine(of: WordText(lines: ["ValueError", "psycopg2.OperationalError"])))
        #expect(!phrase.endsLine(of: WordText(lines: ["OperationalError.Wrapper"])))
        #expect(!phrase.endsLine(of: WordText(lines: ["MyOperationalError"])))
    }

    @Test(arguments: ["", "  ", "…!", "::", "\n"]) func `needs a word`(text: String) { #expect(Phrase(text) == nil) }

    @Test func `counts its words`() {
        #expect(Phrase("a, b_c: d")?.count == 3)
    }
}
