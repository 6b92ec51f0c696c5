/// A project in GlitchTip: the unit that has a DSN, issues, and here a repository.
package struct Project: Sendable, Hashable, Codable {
    package let id: Int
    package let slug: String
    package let name: String
    /// GlitchTip's word for the language: `node`, `python`, `javascript`…
    package let platform: String?

    package init(id: Int, slug: String, name: String, platform: String? = nil) {
        self.id = id
        self.slug = slug
        self.name = name
        self.platform = platform
    }
}

/// An organization in GlitchTip, the tenant that all projects belong to.
package struct Organization: Sendable, Hashable {
    package let slug: String
    package let name: String

    package init(slug: String, name: String) {
        self.slug = slug
        self.name = name
    }
}

/// Somebody who belongs to the organization.
package struct Member: Sendable, Hashable {
    package let id: Int
    package let email: String
    package let role: String

    package init(id: Int, email: String, role: String) {
        self.id = id
        self.email = email
        self.role = role
    }
}
