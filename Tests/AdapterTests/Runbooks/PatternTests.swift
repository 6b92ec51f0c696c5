import Testing

@testable import Runbooks

/// Regular expressions find what they should, and none can hold the bot up.
@Suite struct PatternTests {
    @Test(arguments: [
        ("too many (clients|connections)", "FATAL: Too many CLIENTS already", true),
        ("^b$", "a\nb\nc", true), ("a.c", "a\nc", false), (#"status:? 5\d\d\b"#, "status 5030", false),
        ("(?-i)ERROR", "error", false), ("(?-i)ERROR", "an ERROR", true), ("straße", "STRASSE Straße", true),
        ("kelvin", "\u{212A}elvin", true), ("(?!x)ab", "xab", true), ("é+t", "ÉÉT", true),
    ])
    func `finds text`(pattern: String, text: String, isFound: Bool) throws {
        #expect(try Pattern(pattern).found(in: text) == (isFound ? .found : .absent))
    }

    @Test(arguments: [
        ("(a+)+$", "“aaa…”"), ("(a|aa)+$", "“aaa…”"), (#"^cart: (\w+\s?)+$"#, "“aaa…”"), ("(.*)*x", "“aaa…”"),
        ("x(a+)+y", "“aaa…”"), ("(a|a)*b", "“aaa…”"), ("(ab|abab)+c", "“ababab…”"), (#"(\d+,?)+;"#, "“000…”"),
        ("([a-z]+)*@", "“aaa…”"), (#"(\s+)+\S"#, "“   …”"), (".*.*.*.*=.*;", "“aaa…”"), ("([^,]+)+,$", "“aaa…”"),
        ("(?:a?){40}a{40}b", "“aaa…”"),
    ])
    func `refuses a pattern that could take for ever, and says on what`(pattern: String, text: String) {
        let mistake = #expect(throws: Pattern.Mistake.self) { try Pattern(pattern) }
        #expect(
            mistake?.what == "the regular expression “\(pattern)” can take for ever: \(text) makes it try without end")
        #expect(mistake?.advice?.hasSuffix("such as a+ for (a+)+.") == true)
    }

    @Test(arguments: [
        "(timeout|timed out).*after.*ms", #"(\d{1,3}\.){3}\d{1,3}:(5432|3306)"#, #"^(GET|POST) /\w+(/\w+)*$"#,
        #"ECONNREFUSED.*\b(5432|6432)\b"#, "(foo|bar|baz)+qux", #"line \d+, column \d+, char \d+"#,
        #"([A-Z]\w+Error): .*(cart|order)"#,
    ])
    func `takes patterns that people write`(pattern: String) throws {
        #expect(try Pattern(pattern).text == pattern)
    }

    @Test func `a search that exceeds its bound ends`() throws {
        let pattern = try Pattern("(a+)+$", isProbed: false)
        #expect(pattern.found(in: String(repeating: "a", count: 1000) + "!") == .tooSlow)
        #expect(pattern.found(in: "aaa") == .found)
    }

    @Test func `only the beginning of a long text is searched`() throws {
        let pattern = try Pattern("needle")
        #expect(pattern.found(in: String(repeating: "é", count: 1500) + "needle") == .found)
        #expect(pattern.found(in: String(repeating: "é", count: 3000) + "needle") == .absent)
    }

    @Test(arguments: [".*", "a*", "^", #"\w+"#, #"\d"#, ".", "-", #"\s|x"#, "[a-z]+"])
    func `refuses what fits nearly every text`(pattern: String) {
        let mistake = #expect(throws: Pattern.Mistake.self) { try Pattern(pattern) }
        #expect(mistake?.what == "the regular expression “\(pattern)” fits nearly every text")
    }

    @Test(arguments: [
        ("(abc", "missing closing parenthesis", "Look behind “(abc”."),
        ("ab[", "missing terminating ] for character class", "Look behind “ab[”."),
        (#"(cart) \1"#, "reference to non-existent subpattern", #"Look behind “(cart) \”."#),
        (#"cart\Cx"#, #"using \C is disabled by the application"#, #"Look behind “cart\C”."#),
        ("*", "quantifier does not follow a repeatable item", nil),
    ])
    func `says what cannot be read`(pattern: String, what: String, advice: String?) {
        let mistake = #expect(throws: Pattern.Mistake.self) { try Pattern(pattern) }
        #expect(mistake?.what == "the regular expression “\(pattern)” cannot be read: \(what)")
        #expect(mistake?.advice == advice)
    }

    @Test func `refuses a long one before it is read`() {
        let mistake = #expect(throws: Pattern.Mistake.self) { try Pattern(String(repeating: "a", count: 501)) }
        #expect(mistake?.what == "the regular expression is longer than 500 bytes")
    }
}

/// What a pattern needs is found in all that it matches.
@Suite struct RequiredTextTests {
    @Test(arguments: [
        ("(^|/)pg/.*client\\.js$", "client.js"), ("abc", "abc"), ("ABCdef", "abcdef"), ("abcd?ef", "abc"),
        ("abc+def", "abc"), ("x[abc]{3}yyyy", "yyyy"), ("a\\d\\dbcd", "bcd"), ("abc|def", nil), ("ab", nil),
        ("(?i)abc", nil), ("(?:abc)xyz", "xyz"), ("(abc", nil), ("\\x41bcd", nil), ("[]abc]xyz", "xyz"),
        ("[[:alpha:]]xyz", "xyz"), ("a{2,3}bcd", "bcd"), ("abc*", nil), ("\\Qabc\\E", nil), ("ééabc", "abc"),
        ("(*UCP)abc", nil), ("((abc)|x)(y)zzz", "zzz"), ("abc\\", nil),
    ])
    func `is the longest part that must be there`(pattern: String, text: String?) {
        #expect(RequiredText(of: pattern).map { String(decoding: $0.bytes, as: UTF8.self) } == text)
    }

    @Test func `never keeps a match from being found`() throws {
        var random = SystemRandomNumberGenerator()
        let parts = [
            "a", "b", "c", "abc", "bca", "[ab]", "[^a]", ".", "\\w", "\\b", "(ab|c)", "(?:b)", "\\.", "^", "$",
        ]
        let ends = ["", "", "", "", "?", "*", "+", "{2}", "{0,1}", "+?"]
        var found = 0
        for _ in 0..<3000 {
            let pattern = (0..<4).map { _ in
                (parts.randomElement(using: &random) ?? "") + (ends.randomElement(using: &random) ?? "")
            }.joined()
            guard let required = RequiredText(of: pattern), let compiled = try? Pattern(pattern, isProbed: false) else {
                continue
            }
            for _ in 0..<40 {
                let text = String((0..<12).compactMap { _ in "abcAB.c ".randomElement(using: &random) })
                // Without its small letters the text is searched without looking for the required part.
                let search = SearchText([text + "é"])
                guard search.small == nil, compiled.found(in: search) == .found else { continue }
                found += 1
                #expect(Array((text + "é").lowercased().utf8).contains(required.bytes), "\(pattern) in \(text)")
            }
        }
        #expect(found > 50)
    }
}
