import Domain

extension Finding {
    /// What was going on when it happened, as the event tells; scrubbed.
    package struct Circumstances: Sendable, Codable, Hashable {
        /// `POST https://shop.example.com/cart?voucher`, without the values of the query.
        var request: String?
        /// What the program recorded before, the oldest first.
        var steps: [String] = []
        /// `all 12 events on web-3`
        var standingOut: [String] = []
    }
}

extension Finding.Circumstances {
    private static let mostSteps = 5

    init(_ event: Event) {
        request = event.request.flatMap(Self.line)
        steps = event.breadcrumbs.suffix(Self.mostSteps).map { crumb in
            let words = [crumb.category ?? "", crumb.message].filter { !$0.isEmpty }.joined(separator: ": ")
            return Finding.clean(Self.onOneLine(words), atMost: 160)
        }.filter { !$0.isEmpty }
    }

    private static func line(_ request: Event.Request) -> String? {
        guard let url = request.url, !url.isEmpty else { return nil }
        let parts = url.prefix(2000).split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let halves = (parts.first ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let inURL = halves.dropFirst().first?.split(separator: "&").map { $0.prefix { $0 != "=" } } ?? []
        let names = inURL.map(String.init) + request.query.map(\.key)
        var seen: Set<String> = []
        let distinct = names.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(6)
        let query = distinct.isEmpty ? "" : "?" + distinct.joined(separator: "&")
        let method = request.method.map { "\($0.prefix(12)) " } ?? ""
        let words = onOneLine(method + withoutUser(String(halves.first ?? "")) + query)
        return words.isEmpty ? nil : Finding.clean(words, atMost: 240)
    }

    /// Who is logged in there is nobody's business.
    private static func withoutUser(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return url }
        return String(url[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }

    private static func onOneLine(_ text: String) -> String {
        text.prefix(2000).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Finding.Circumstances {
    /// One line for all that stands out; nil when nothing does.
    var standsOut: String? { standingOut.isEmpty ? nil : "Stands out: \(standingOut.joined(separator: ", "))." }
}
