/// A kind of token that is known by how it begins, whoever holds it and wherever it stands.
struct TokenShape {
    private let prefix: [UInt8]
    /// What follows the prefix: at least so many bytes…
    private let least: Int
    /// …of this kind.
    private let isPart: @Sendable (UInt8) -> Bool
    /// Short prefixes also occur inside and in front of words.
    private let isShort: Bool
    /// The prefix is an address, and stays.
    let keptPrefix: Int

    /// The length of the token that begins here, with its prefix.
    ///
    /// - Parameter isBoundary: no letter, digit or underscore stands before it.
    static func match(_ bytes: ArraySlice<UInt8>, isBoundary: Bool) -> (length: Int, kept: Int)? {
        guard let first = bytes.first, let candidates = table[Int(first)] else { return nil }
        for shape in candidates where isBoundary || !shape.isShort {
            if let length = shape.length(at: bytes) { return (length, shape.keptPrefix) }
        }
        return nil
    }

    private func length(at bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= prefix.count + least, bytes.starts(with: prefix) else { return nil }
        let rest = bytes.dropFirst(prefix.count)
        guard rest.count(atMost: least, while: isPart) == least else { return nil }
        // `sk-loading-indicator-wrapper` is a style; a bound, as it may be tried again from its middle.
        if isShort {
            let sample = rest.prefix(rest.count(atMost: 64, while: isPart))
            guard sample.contains(where: \.isDigit), sample.contains(where: \.isLetter) else { return nil }
        }
        var count = rest.count(while: isPart)
        // A full stop at the end is the sentence's.
        while count > least, rest[rest.startIndex + count - 1] == UInt8(ascii: ".") { count -= 1 }
        return prefix.count + count
    }

    private init(
        _ prefix: String, _ least: Int, isShort: Bool = false, keepsPrefix: Bool = false,
        of isPart: @escaping @Sendable (UInt8) -> Bool = { $0.isWordByte || $0 == UInt8(ascii: "-") }
    ) {
        self.prefix = Array(prefix.utf8)
        self.least = least
        self.isShort = isShort
        self.isPart = isPart
        keptPrefix = keepsPrefix ? self.prefix.count : 0
    }

    private static let capitals: @Sendable (UInt8) -> Bool = { $0.isCapital || $0.isDigit }
    private static let dotted: @Sendable (UInt8) -> Bool = { $0.isNameByte }
    private static let path: @Sendable (UInt8) -> Bool = { $0.isNameByte || $0 == UInt8(ascii: "/") }

    private static let all: [TokenShape] =
        [
            "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-",
            "glft-",
            "glsoat-", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxc-", "xoxd-", "sk_live_",
            "sk_test_", "rk_live_", "rk_test_", "pk_live_", "whsec_", "glsa_", "glc_", "dop_v1_", "doo_v1_",
            "shpat_", "shpss_", "shpca_", "shppa_", "dckr_pat_", "rubygems_", "lin_api_", "xkeysib-", "sntrys_",
            "sntryu_",
        ].map { TokenShape($0, $0.utf8.count > 4 ? 8 : 12) }
        + [
            TokenShape("AKIA", 16, of: capitals),
            TokenShape("ASIA", 16, of: capitals),
            TokenShape("AIza", 24),
            TokenShape("AGE-SECRET-KEY-1", 16),
            TokenShape("ya29.", 16, of: dotted),
            TokenShape("hvs.", 16, of: dotted),
            TokenShape("xapp-1-", 8),
            TokenShape("pypi-AgE", 8),
            // Not `npm_config_registry`.
            TokenShape("npm_", 30, of: { $0.isAlphanumeric }),
            TokenShape("SG.", 20, isShort: true, of: dotted),
            TokenShape("sk-", 20, isShort: true),
            TokenShape("hf_", 20, isShort: true),
            TokenShape("key-", 24, isShort: true),
            TokenShape("PMAK-", 16, isShort: true),
            TokenShape("NRAK-", 16, isShort: true),
            // A JWT, or base64 of a JSON object that may be one cut short.
            TokenShape("eyJ", 17, of: { $0.isTokenByte }),
            TokenShape("hooks.slack.com/services/", 8, keepsPrefix: true, of: path),
            TokenShape("/api/webhooks/", 16, keepsPrefix: true, of: path),
            TokenShape("/webhooks/glitchtip/", 1, keepsPrefix: true),
        ]

    static let startsToken = table.map { $0 != nil }

    /// By the first byte, as every byte of the text is asked.
    private static let table: [[TokenShape]?] = {
        var table = [[TokenShape]?](repeating: nil, count: 256)
        for shape in all { table[Int(shape.prefix[0]), default: []].append(shape) }
        return table
    }()
}

extension [[TokenShape]?] {
    fileprivate subscript(index: Int, default empty: [TokenShape]) -> [TokenShape] {
        get { self[index] ?? empty }
        set { self[index] = newValue }
    }
}
