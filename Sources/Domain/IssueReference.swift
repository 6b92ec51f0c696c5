/// How a person names an issue: `2`, `#2`, `SHOP-WEB-2` or a link copied from GlitchTip.
package enum IssueReference: Sendable, Hashable {
    case id(Issue.ID)
    /// GlitchTip cannot look a short id up; somebody has to page through the list.
    case shortID(String)

    package init?(text: some StringProtocol) {
        if let id = Issue.ID(text: text) {
            self = .id(id)
        } else if let id = Self.idInLink(text) {
            self = .id(id)
        } else if Self.isShortID(text) {
            self = .shortID(text.uppercased())
        } else {
            return nil
        }
    }

    private static func idInLink(_ text: some StringProtocol) -> Issue.ID? {
        guard text.contains("://") else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        guard let issues = path.lastIndex(of: "issues"), path.indices.contains(issues + 1) else { return nil }
        return Issue.ID(text: path[issues + 1])
    }

    /// A project slug in capitals, a hyphen, a number in base 32: `BILLING-API-7`, `WEB-1A`.
    private static func isShortID(_ text: some StringProtocol) -> Bool {
        guard let hyphen = text.lastIndex(of: "-"), text.utf8.count <= 80 else { return false }
        let slug = text[..<hyphen]
        let number = text[text.index(after: hyphen)...]
        let plain = { (character: Character) in
            character.isASCII && (character.isLetter || character.isNumber)
        }
        return slug.first != "-" && (1...8).contains(number.count) && number.allSatisfy(plain)
            && slug.allSatisfy { plain($0) || $0 == "-" || $0 == "_" } && slug.contains(where: \.isLetter)
    }
}
