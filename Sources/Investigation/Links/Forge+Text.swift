extension Forge {
    /// What is wrong with an entry of `TIPLINE_REPO_URLS`; never holds the entry, which may have a password in it.
    package enum Mistake: Error, CustomStringConvertible {
        case address, kind, pattern

        package var description: String {
            switch self {
            case .address: "is not an http or https address, or has a user or a character in it that no address has"
            case .kind:
                "is on a host that does not say what it runs: begin it with github+, gitlab+, gitea+ or bitbucket+"
            case .pattern: "has a pattern with neither {commit} nor {path}"
            }
        }
    }

    /// `https://github.com/acme/shop`, `gitlab+https://git.example.org/shop`, or up to two patterns with a space between:
    /// one with `{commit}`, one with `{path}` for lines.
    package init(text: String) throws(Mistake) {
        guard text.utf8.contains(0x7B) else {
            self = try Self.known(text)
            return
        }
        var (commits, lines): (String?, String?) = (nil, nil)
        for pattern in text.split(separator: " ").map(String.init) {
            guard Address(pattern) != nil else { throw .address }
            if pattern.range(ofText: "{path}") != nil {
                lines = pattern
            } else if pattern.range(ofText: "{commit}") != nil {
                commits = pattern
            } else {
                throw .pattern
            }
        }
        self.init(commits: commits, lines: lines)
    }

    private static func known(_ text: String) throws(Mistake) -> Forge {
        let named = ForgeKind.allCases.first { text.hasPrefix($0.rawValue + "+") }
        let rest = named.map { String(text.dropFirst($0.rawValue.count + 1)) } ?? text
        guard let address = Address(rest) else { throw .address }
        guard let kind = named ?? ForgeKind(host: address.host) else { throw .kind }
        return kind.forge(at: address.base)
    }

    /// By a clone's `origin`, with the user, the password and the port of SSH taken out; nil for a folder on this machine
    /// and for a host that does not say what it runs.
    package init?(remote: String) {
        guard let (scheme, host, path) = Self.parts(ofRemote: remote[...].trimmed),
            !(host + path).utf8.contains(where: "?#".utf8.contains)
        else { return nil }
        let name = ["ssh.", "altssh."].first { host.hasPrefix($0) }.map { host.dropFirst($0.count) } ?? host
        let bare = name.prefix { $0 != ":" }
        let trimmed = path.split(separator: "/").joined(separator: "/")
        let folder = trimmed.hasSuffix(".git") ? String(trimmed.dropLast(4)) : trimmed
        guard let kind = ForgeKind(host: bare), !folder.isEmpty,
            let address = Address("\(scheme)://\(scheme == "https" && name != host ? bare : name)/\(folder)")
        else { return nil }
        self = kind.forge(at: address.base)
    }

    private static func parts(ofRemote text: Substring) -> (scheme: String, host: Substring, path: Substring)? {
        if let (scheme, rest) = text.cut(at: "://") {
            let authority = rest.prefix { $0 != "/" }
            let host = authority.cut(atLast: "@")?.1 ?? authority
            let path = rest[authority.endIndex...]
            return switch scheme {
            case "https", "http": (String(scheme), host, path)
            case "ssh", "git+ssh", "ssh+git", "git": webHost(host.prefix { $0 != ":" }).map { ("https", $0, path) }
            default: nil
            }
        }
        // `git@host:path`; a slash before the colon makes it a folder.
        guard let (authority, path) = text.cut(at: ":"), !authority.utf8.contains(0x2F) else { return nil }
        return webHost(authority.cut(atLast: "@")?.1 ?? authority).map { ("https", $0, path) }
    }

    /// A host of SSH as a browser knows it: `github.com-work` is how people with two accounts name it in their
    /// `~/.ssh/config`. Nil for a name that means something only there, or in one network.
    private static func webHost(_ host: Substring) -> Substring? {
        if let forge = ["github.com", "gitlab.com", "bitbucket.org"].first(where: { host.hasPrefix($0 + "-") }) {
            return forge[...]
        }
        guard let (_, last) = host.cut(atLast: "."), !last.contains("-") || last.hasPrefix("xn--") else { return nil }
        return host
    }

    /// An http or https address without a user, of characters that are safe in HTML and Markdown.
    private struct Address {
        /// Without a slash at its end.
        let base: String
        let host: Substring

        init?(_ text: String) {
            guard text.hasPrefix("https://") || text.hasPrefix("http://"), let (_, rest) = text[...].cut(at: "://"),
                text.utf8.count <= 500,
                text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"'<>()[]\\`^|*".utf8.contains($0) })
            else { return nil }
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard !authority.isEmpty, !authority.utf8.contains(0x40) else { return nil }
            host = authority.prefix { $0 != ":" }
            base = String(text.reversed().drop { $0 == "/" }.reversed())
        }
    }
}
