/// Where a team reads its code in a browser; makes the addresses of commits and lines.
package struct Forge: Sendable, Hashable, Codable {
    /// With `{commit}`; nil when it shows none.
    private let commits: String?
    /// With `{path}`, and perhaps `{commit}` and `{line}`.
    private let lines: String?

    init(commits: String?, lines: String?) {
        self.commits = commits
        self.lines = lines
    }

    /// Nil also for what is no hash: no text of an event becomes part of an address.
    package func link(toCommit sha: String) -> String? {
        guard Self.isHash(sha) else { return nil }
        return commits?.replacing("{commit}", with: sha)
    }

    package func link(to path: String, line: Int?, at sha: String) -> String? {
        guard Self.isHash(sha), var pattern = lines else { return nil }
        // Without a line the page of the file, at its top.
        if line == nil, let hash = pattern.lastIndex(of: "#") { pattern = String(pattern[..<hash]) }
        return pattern.replacing("{commit}", with: sha).replacing("{line}", with: "\(line ?? 1)")
            .replacing("{path}", with: Self.encoded(path))
    }

    private static func isHash(_ text: String) -> Bool {
        (4...64).contains(text.utf8.count) && text.utf8.allSatisfy(\.isHexDigit)
    }

    /// Each byte that means something in an address or in Markdown, written as `%20`.
    private static func encoded(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            if byte.isNamePart && byte != 0x24 || [0x2D, 0x2E, 0x2F, 0x7E].contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}

/// The programs whose addresses are known.
enum ForgeKind: String, CaseIterable {
    case github, gitlab, gitea, forgejo, bitbucket

    /// By the name of the host: a wrong link is worse than none.
    init?(host: Substring) {
        let labels = host.lowercased().split(separator: ".")
        if labels == ["bitbucket", "org"] {
            // What a company runs itself has other addresses.
            self = .bitbucket
        } else if labels == ["codeberg", "org"] {
            self = .forgejo
        } else if let kind = [.github, .gitlab, .gitea, .forgejo].first(where: { (kind: Self) in
            labels.contains { $0 == kind.rawValue }
        }) {
            self = kind
        } else {
            return nil
        }
    }

    func forge(at base: String) -> Forge {
        switch self {
        case .github:
            Forge(commits: "\(base)/commit/{commit}", lines: "\(base)/blob/{commit}/{path}#L{line}")
        case .gitlab:
            Forge(commits: "\(base)/-/commit/{commit}", lines: "\(base)/-/blob/{commit}/{path}#L{line}")
        case .gitea, .forgejo:
            Forge(commits: "\(base)/commit/{commit}", lines: "\(base)/src/commit/{commit}/{path}#L{line}")
        case .bitbucket:
            Forge(commits: "\(base)/commits/{commit}", lines: "\(base)/src/{commit}/{path}#lines-{line}")
        }
    }
}

extension String {
    /// `FoundationEssentials` has no such replacement.
    func replacing(_ mark: String, with text: String) -> String {
        var result = ""
        var rest = self[...]
        while let found = rest.range(ofText: mark) {
            result += rest[..<found.lowerBound] + text
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
