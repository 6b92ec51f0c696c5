/// What a project's tags are called, where it is not obvious: `release-{version}`.
package struct TagPattern: Sendable, Hashable {
    private let text: String

    /// Nil without `{version}`, and for characters that no tag has.
    package init?(text: String) {
        guard text.range(ofText: "{version}") != nil, text.utf8.count <= 200, !text.hasPrefix("-"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }),
            text.range(ofText: "..") == nil, text.range(ofText: "@{") == nil
        else { return nil }
        self.text = text
    }

    func tag(for version: String) -> String { text.replacing("{version}", with: version) }
}
