import HTTP

/// One page of a list.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Where the next page begins; nil on the last.
    package let next: Cursor?
    /// How many there are in all, counted up to 1,000.
    package let hits: Int?
}

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
