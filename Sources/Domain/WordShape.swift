/// What a single word gives away by its form alone: tokens of known makers, addresses, links with a password.
enum WordShape {
    /// The word with its secret replaced, nil when it has none.
    static func scrub(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        if let scheme = word.firstRange(of: Array("://".utf8)) { return link(word, after: scheme.upperBound) }
        let (head, core, tail) = trimmed(word)
        guard let mark = mark(core) else { return nil }
        return Array(head) + Array(mark.utf8) + Array(tail)
    }

    private static func mark(_ word: ArraySlice<UInt8>) -> String? {
        if isToken(word) { return "[token]" }
        if isEmail(word) { return "[e-mail]" }
        if PersonalNumber.isPublicAddress(word) { return "[ip]" }
        return nil
    }

    /// Makers and the least length of what follows their prefix.
    private static let prefixes: [(prefix: [UInt8], least: Int)] = [
        ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 20), ("glpat-", 16),
        ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10), ("xapp-", 10), ("AKIA", 16), ("ASIA", 16),
        ("AIza", 30), ("sk_live_", 10), ("rk_live_", 10), ("sk_test_", 10), ("pk_live_", 10), ("sk-", 20),
        ("npm_", 30), ("pypi-", 16), ("SG.", 20), ("hf_", 20), ("dop_v1_", 30), ("glsa_", 20), ("whsec_", 16),
        ("shpat_", 16), ("ya29.", 20),
    ].map { (Array($0.0.utf8), $0.1) }

    private static func isToken(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count >= 14, word.count <= 4096 else { return false }
        for (prefix, least) in prefixes where word.count >= prefix.count + least && word.starts(with: prefix) {
            return word.dropFirst(prefix.count).allSatisfy(\.isTokenCharacter)
        }
        return isJWT(word) || isTelegramToken(word)
    }

    private static func isJWT(_ word: ArraySlice<UInt8>) -> Bool {
        word.starts(with: "eyJ".utf8) && word.count > 30 && word.filter { $0 == UInt8(ascii: ".") }.count == 2
            && word.allSatisfy(\.isTokenCharacter)
    }

    /// `123456789:AAF…`, as BotFather gives it; also with `bot` before it, as it stands in addresses.
    private static func isTelegramToken(_ word: ArraySlice<UInt8>) -> Bool {
        let word = word.starts(with: "bot".utf8) ? word.dropFirst(3) : word
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let (number, rest) = (word[..<colon], word[(colon + 1)...])
        return (6...12).contains(number.count) && number.allSatisfy(\.isDigit) && rest.count >= 30
            && rest.allSatisfy { $0.isWordCharacter || $0 == UInt8(ascii: "-") }
    }

    /// `shop-web@2.3.1` and `@sentry/node` are no addresses: the last part of a domain has letters only.
    private static func isEmail(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= 254, let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex else { return false }
        let name = word[..<at]
        let labels = word[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter) else { return false }
        return name.allSatisfy { $0.isWordCharacter || $0 >= 0x80 || ".%+-!#$&*/=?^~".utf8.contains($0) }
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isWordCharacter || $0 >= 0x80 || $0 == UInt8(ascii: "-") }
            }
    }

    /// A link without its password, without the values of telling parameters, and without tokens in its path.
    private static func link(_ word: ArraySlice<UInt8>, after scheme: Int) -> [UInt8]? {
        var output = Array(word[..<scheme])
        let rest = word[scheme...]
        let host = rest.prefix { !"/?#".utf8.contains($0) }
        var isChanged = false
        if let at = host.lastIndex(of: UInt8(ascii: "@")) {
            output += "[secret]@".utf8
            output += address(host[(at + 1)...], &isChanged)
            isChanged = isChanged || host[..<at] != Array("[secret]".utf8)[...]
        } else {
            output += address(host, &isChanged)
        }
        let path = rest[host.endIndex...].prefix { !"?#".utf8.contains($0) }
        for (index, part) in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).enumerated() {
            if index > 0 { output.append(UInt8(ascii: "/")) }
            let mark = mark(part)
            output += mark.map { Array($0.utf8) } ?? Array(part)
            isChanged = isChanged || mark != nil
        }
        output += query(rest[path.endIndex...], &isChanged)
        return isChanged ? output : nil
    }

    private static func address(_ host: ArraySlice<UInt8>, _ isChanged: inout Bool) -> [UInt8] {
        guard PersonalNumber.isPublicAddress(host) else { return Array(host) }
        isChanged = true
        return Array("[ip]".utf8)
    }

    private static let tellingParameters: Set<[UInt8]> = Set(["key", "code", "state", "hash"].map { Array($0.utf8) })

    private static func query(_ text: ArraySlice<UInt8>, _ isChanged: inout Bool) -> [UInt8] {
        var output: [UInt8] = []
        var rest = text
        while let first = rest.first {
            output.append(first)
            let pair = rest.dropFirst().prefix { !"&?#".utf8.contains($0) }
            rest = rest[pair.endIndex...]
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), pair.endIndex > equals + 1 else {
                output += pair
                continue
            }
            let (key, value) = (pair[..<equals], pair[(equals + 1)...])
            output += pair[...equals]
            if SecretKey(key) != nil || tellingParameters.contains(key.lowercased) || mark(value) != nil {
                output += "[secret]".utf8
                isChanged = true
            } else {
                output += value
            }
        }
        return output
    }

    /// Punctuation that stands around a word in prose is not a part of it.
    private static func trimmed(
        _ word: ArraySlice<UInt8>
    ) -> (head: ArraySlice<UInt8>, core: ArraySlice<UInt8>, tail: ArraySlice<UInt8>) {
        let isEdge = { (byte: UInt8) in ".:!?*=".utf8.contains(byte) }
        var core = word.drop { isEdge($0) && $0 != UInt8(ascii: ":") }
        let head = word[..<core.startIndex]
        while let last = core.last, isEdge(last), last != UInt8(ascii: "=") { core = core.dropLast() }
        return (head, core, word[core.endIndex...])
    }
}
