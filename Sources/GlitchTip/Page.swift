import HTTP

/// One page of a list.
package struct Page<Item> {
    package let items: [Item]
    /// Where the next page begins; nil on the last.
    package let next: Cursor?
    /// How many there are in all, counted up to 1,000.
    package let hits: Int?

    func map<Other>(_ transform: (Item) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next, hits: hits)
    }
}

extension Page: Sendable where Item: Sendable {}

/// A place in a list, opaque.
package struct Cursor: Sendable, Hashable {
    let text: String

    /// GlitchTip's Link header is a Python set in braces and quotes, which no parser of RFC 8288 takes; and its address
    /// is what the `Host` header said. Only the cursor is of use.
    init?(link: String?) {
        guard let link, let mark = link.firstRange(of: "rel=\"next\"; results=\"true\"; cursor=\"") else { return nil }
        let text = link[mark.upperBound...].prefix { $0 != "\"" }
        guard !text.isEmpty else { return nil }
        self.text = String(text)
    }
}

extension Door {
    /// GlitchTip's largest page; asking for more is cut without a word.
    static let largestPage = 100
    /// More rows than these hold no list of ours needs; also the end of a list that GlitchTip would page for ever.
    static let mostPages = 20

    /// One page; rows that cannot be read are left out.
    func page<Row: Decodable>(
        _ path: String, _ query: [(String, String)] = [], limit: Int, after cursor: Cursor? = nil, as _: Row.Type
    ) async throws -> Page<Row> {
        var query = query + [("limit", String(min(max(1, limit), Self.largestPage)))]
        if let cursor { query.append(("cursor", cursor.text)) }
        let response = try await send(.get, path, query)
        let rows: Lenient<Row> = try decode(response, path)
        return Page(
            items: rows.items, next: Cursor(link: response.header("Link")),
            hits: response.header("X-Hits").flatMap { Int($0) })
    }

    /// A whole list, page after page.
    func all<Row: Decodable>(_ path: String, as _: Row.Type) async throws -> [Row] {
        var rows: [Row] = []
        var cursor: Cursor?
        for _ in 0..<Self.mostPages {
            let page = try await page(path, limit: Self.largestPage, after: cursor, as: Row.self)
            rows += page.items
            guard let next = page.next, next != cursor else { break }
            cursor = next
        }
        return rows
    }
}
