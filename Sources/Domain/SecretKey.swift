/// A name that tells that its value is secret: `password`, `DB_PASSWORD`, `x-api-key`, `Set-Cookie`.
struct SecretKey {
    /// A header's value goes on to the end of the line.
    let isHeader: Bool
    /// "token: }" in a parser's complaint is no token.
    let shortestValue: Int

    private static let parts = [
        "password", "passwd", "passphrase", "secret", "apikey", "accesskey", "privatekey", "authorization",
        "credential", "cookie", "sessionid", "csrf", "authtoken", "accesstoken", "refreshtoken",
    ].map { Array($0.utf8) }
    private static let wholes: Set<[UInt8]> = Set(
        ["pwd", "pass", "sid", "sig", "signature", "auth", "pin", "cvv", "cvc", "ssn", "dsn", "session"].map {
            Array($0.utf8)
        })
    private static let headers: Set<[UInt8]> = Set(
        ["cookie", "setcookie", "authorization", "proxyauthorization"].map { Array($0.utf8) })

    init?(_ key: ArraySlice<UInt8>) {
        guard key.count <= 64 else { return nil }
        let last = key.split(separator: UInt8(ascii: ".")).last ?? key
        let plain = last.lowercased.filter { $0.isLetter || $0.isDigit }
        let isToken = plain.suffix(5) == Array("token".utf8)[...]
        guard isToken || Self.wholes.contains(plain) || Self.parts.contains(where: { plain.firstRange(of: $0) != nil })
        else { return nil }
        isHeader = Self.headers.contains(plain)
        shortestValue = isToken ? 8 : 1
    }
}
