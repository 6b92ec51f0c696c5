/// The few that count most, and how much is left over.
package struct Top<Element: Sendable>: Sendable {
    package let leaders: [Element]
    /// How many others there are.
    package let others: Int
    /// What the others count together.
    package let otherCount: Int

    /// - Parameters:
    ///   - count: by what they are measured; none with 0 is named.
    ///   - name: decides between equals, so that two reports of the same numbers are the same.
    package init(
        _ limit: Int, of elements: some Sequence<Element>, by count: (Element) -> Int, then name: (Element) -> String
    ) {
        let sorted = elements.filter { count($0) > 0 }.sorted { (count($1), name($0)) < (count($0), name($1)) }
        leaders = Array(sorted.prefix(max(0, limit)))
        let rest = sorted.dropFirst(leaders.count)
        others = rest.count
        otherCount = rest.reduce(0) { $0 + count($1) }
    }
}
