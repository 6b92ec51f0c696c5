/// A name that tells that its value is secret: `password`, `DB_PASSWORD`, `x-api-key`, `Set-Cookie`.
struct SecretName {
    let mark: Scrubber.Mark
    /// `Cookie: …` and `Authorization: …` go on to the end of the line.
    let isHeader: Bool
    private let weight: Weight

    /// How sure the name alone makes us.
    private enum Weight {
        /// Whatever the value is.
        case sure
        /// "Unexpected token: missing" is a sentence: after a colon the value must not look like a word.
        case likely
        /// `cache_key`, `token_type`: only a value that looks generated.
        case doubtful
    }

    enum Place {
        /// In a link's query: `?key=` and `?code=` count.
        case query
        case text
        /// A key and its value apart from any text.
        case alone
    }

    init?(_ name: ArraySlice<UInt8>, place: Place) {
        // `password.js:31` is a place in a file, not a password.
        let last = name.lastIndex(of: UInt8(ascii: ".")).map { name[($0 + 1)...] } ?? name
        let plain = last.lowercased.filter(\.isAlphanumeric)
        guard plain.count >= 2, let mark = Self.mark(plain, ending: Self.ending(of: last)) ?? Self.weak(plain, place)
        else { return nil }
        self.mark = mark.mark
        weight = mark.weight
        isHeader = Self.headers.contains(plain)
    }

    /// Whether this value is to be hidden.
    ///
    /// - Parameter value: as much of it as is needed to judge: 64 bytes.
    /// - Parameter isPlain: it stands after a colon and a space, without quotes, as words in a sentence do.
    func hides(_ value: ArraySlice<UInt8>, isPlain: Bool) -> Bool {
        guard !value.isEmpty, Scrubber.Mark.length(at: value) != value.count else { return false }
        let word = value.lowercased
        if word.count <= 12, Self.nothings.contains(word) || value.allSatisfy({ $0 == UInt8(ascii: "*") }) {
            return false
        }
        switch weight {
        case .sure: return true
        case .likely: return !isPlain || value.count >= 4 && value.looksRandom || value.count >= 24
        case .doubtful: return value.looksGenerated
        }
    }

    /// Whether a sentence goes on after the name: "password: must be longer".
    static func isProse(_ word: ArraySlice<UInt8>) -> Bool { word.count <= 10 && prose.contains(word.lowercased) }

    private static func mark(_ plain: [UInt8], ending: [UInt8]) -> (mark: Scrubber.Mark, weight: Weight)? {
        let isAside = asides.contains { plain.count > $0.count && plain.suffix($0.count) == $0[...] }
        for (part, mark) in parts where plain[...].first(part) != nil {
            // "secretary" has no secrets.
            if plain[...].first(Array("secretar".utf8)) != nil { return nil }
            return (mark, isAside ? .doubtful : .sure)
        }
        if passwordEndings.contains(ending) { return (.password, plain.count > 4 ? .sure : .likely) }
        let token = Array("token".utf8)
        if plain.suffix(5) == token[...] { return (.token, plain.count > 5 ? .sure : .likely) }
        if plain == Array("tokens".utf8) || isAside && plain[...].first(token) != nil { return (.token, .doubtful) }
        return nil
    }

    private static func weak(_ plain: [UInt8], _ place: Place) -> (mark: Scrubber.Mark, weight: Weight)? {
        if likely.contains(plain) { return (.token, .likely) }
        if place == .query, inQuery.contains(plain) { return (.token, .sure) }
        if plain.suffix(3) == Array("key".utf8)[...] || plain == Array("session".utf8) { return (.token, .doubtful) }
        return nil
    }

    /// The last word of `DB_PASS`, `dbPass`, `db-pass`.
    private static func ending(of name: ArraySlice<UInt8>) -> [UInt8] {
        var start = name.endIndex
        while start > name.startIndex, name[start - 1].isAlphanumeric {
            start -= 1
            let startsHump = name[start].isCapital && start > name.startIndex && !name[start - 1].isCapital
            if startsHump { break }
        }
        return name[start...].lowercased
    }

    private static let parts: [(part: [UInt8], mark: Scrubber.Mark)] =
        list("password passwd passphrase passwort").map { ($0, .password) } + list("cookie").map { ($0, .cookie) }
        + list(
            "secret apikey accesskey privatekey signingkey encryptionkey masterkey accountkey authkey sharedkey licensekey "
                + "authorization credential authtoken accesstoken refreshtoken csrf xsrf sessionid sessid sessionkey"
        ).map { ($0, .token) }
    private static let headers = set("cookie setcookie authorization proxyauthorization")
    private static let passwordEndings = set("pass pwd pw")
    private static let likely = set("token auth sid sig signature jwt otp pin cvv cvc ssn dsn connectsid authkey hmac")
    private static let inQuery = set("key code session auth ticket assertion")
    /// `passwordLength`, `InvalidPasswordError`, `cookieDomain` speak about a secret and hold none.
    private static let asides = list(
        "length count type name expires expiresat expiresin expiry url uri path file policy field domain timeout ttl size limit "
            + "enabled required valid status error exception warning failure version format class at rounds attempts")
    private static let nothings = set(
        "null nil none undefined true false (null) <nil> nan {} [] omit include same-origin [object ...")
    private static let prose = set(
        "must is was were has have had should cannot can can't not no too missing invalid incorrect wrong expired mismatch for "
            + "does doesn't and or needs required expected unexpected could failed unable")

    private static func list(_ words: String) -> [[UInt8]] { words.split(separator: " ").map { Array($0.utf8) } }
    private static func set(_ words: String) -> Set<[UInt8]> { Set(list(words)) }
}
