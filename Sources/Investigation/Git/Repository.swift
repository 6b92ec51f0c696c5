/// Where a project's code is, as the operator wrote it: `/srv/repos/mono#services/billing` or
/// `https://example.com/shop.git#web`.
package struct RepositoryEntry: Sendable, Hashable {
    /// A path on this machine or something that `git clone` takes.
    package let location: String
    /// The folder inside the repository that holds this project, without slashes at its ends.
    package let folder: String?

    /// Nil for empty text, for anything that git would read as an option, and for control characters.
    package init?(text: String) {
        let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let location = halves.first, !location.isEmpty, !location.hasPrefix("-"),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }),
            // git runs a program for `ext::…`; nobody means that in a list of repositories.
            !location.contains("::")
        else { return nil }
        let folder = halves.count > 1 ? halves[1].split(separator: "/").filter { $0 != "." } : []
        guard !folder.contains("..") else { return nil }
        self.location = location
        self.folder = folder.isEmpty ? nil : folder.joined(separator: "/")
    }

    /// Whether it has to be cloned first: `https://…`, `ssh://…`, `git@host:path`.
    package var isRemote: Bool {
        if location.contains("://") { return true }
        guard let colon = location.firstIndex(of: ":") else { return false }
        return !location[..<colon].contains("/")
    }
}

extension RepositoryEntry {
    /// Without the user and password that a URL may carry, and without what is behind a question mark.
    package var shownLocation: String {
        guard let scheme = location.range(ofText: "://") else { return location }
        let rest = location[scheme.upperBound...].prefix { $0 != "?" }
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return String(location[..<scheme.upperBound] + rest) }
        return String(location[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }
}

/// A clone on this machine, bare or with a work tree.
package struct Repository: Sendable, Hashable {
    package let path: String
    /// The project's folder inside it; nil when the whole repository is the project.
    package let folder: String?
    /// Where it was cloned from, as git has it: may hold a password. Nil when it has no `origin`, or nobody asked.
    package let origin: String?
    /// The operator's folder of source maps for it.
    package var sourceMaps: SourceMapFolder?
    /// Where its commits and lines can be looked at; nil when that is not known.
    package var forge: Forge?

    package init(path: String, folder: String? = nil, origin: String? = nil) {
        self.path = path
        self.folder = folder
        self.origin = origin
    }
}

extension Repository {
    /// What people call it: the last part of where it was cloned from, else of its folder.
    package var name: String {
        Self.name(origin ?? "") ?? Self.name(path) ?? "the repository"
    }

    /// Nil also for a part that may hold a password.
    private static func name(_ place: String) -> String? {
        let last = place.split { $0 == "/" || $0 == ":" }.last { $0 != ".git" && $0 != "repo" }
        guard let last, !last.utf8.contains(0x40) else { return nil }
        let name = last.hasSuffix(".git") ? last.dropLast(4) : last
        return name.isEmpty ? nil : Finding.clean(String(name), atMost: 60)
    }
}

/// Which commit the code is read at.
package enum Revision: Sendable, Hashable {
    /// The tag or the hash that the event's release names, if the clone has it, else HEAD.
    ///
    /// The pattern says what tags are called here.
    case ofRelease(String?, TagPattern? = nil)
    /// What the operator typed: a hash, a tag or a branch.
    case exactly(String)
}
