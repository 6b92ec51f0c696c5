import Domain

extension Finding {
    /// How often each value of one tag was seen in the events.
    package struct TagCount: Sendable, Hashable {
        package let key: String
        package let counts: [String: Int]

        package init(key: String, counts: [String: Int]) {
            self.key = key
            self.counts = counts
        }
    }

    /// Says which tags all of the issue's events share while another issue's event has something else: alone, "all on
    /// production" says nothing.
    ///
    /// - Parameter others: the newest events of other issues of the project.
    package mutating func note(_ tags: [TagCount], against others: [Event]) {
        circumstances.standingOut = Self.telling.compactMap { key, words in
            guard let tag = tags.first(where: { $0.key == key }), tag.counts.count == 1,
                let (value, count) = tag.counts.first, count >= Self.fewest, !value.isEmpty,
                others.contains(where: { $0.tag(key).map { $0 != value } ?? false })
            else { return nil }
            return "all \(count) events \(words) \(Self.clean(value, atMost: 60))"
        }
    }

    // Fewer are chance.
    private static let fewest = 5

    /// What can be behind an error; who was hit and where is not.
    private static let telling = [
        ("server_name", "on"), ("release", "in release"), ("environment", "in"), ("browser.name", "with"),
        ("os.name", "on"), ("device", "on"), ("runtime", "with"), ("region", "in"),
    ]
}
