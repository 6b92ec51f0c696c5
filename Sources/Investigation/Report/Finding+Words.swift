import Domain
import FoundationEssentials

/// Sentences that all renderings share.
extension Finding {
    /// `TypeError: cart is undefined`, on one line.
    var headline: String {
        let value = self.value.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let words = type.isEmpty || value.hasPrefix(type) ? value : value.isEmpty ? type : "\(type): \(value)"
        return words.isEmpty ? title : words
    }

    /// "shop-web 2.3.1 · production", as far as known.
    var scene: String {
        let program = [project, version].compactMap(\.self).joined(separator: " ")
        return [program, environment ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// The release without the project's name, which stands before it: `2.3.1` of `shop-web@2.3.1`.
    private var version: String? {
        guard let release, let project, release.hasPrefix("\(project)@") else { return release }
        return String(release.dropFirst(project.count + 1))
    }

    var likely: Suspect? { suspects.first { $0.isLikely } }

    /// What the report promises by its first line.
    var verdict: String {
        if taughtCommit != nil { return "Commit known" }
        if !laterChanges.isEmpty { return "Perhaps fixed already" }
        if likely != nil { return "Likely commit found" }
        if !suspects.isEmpty { return "Several commits possible" }
        return locations.isEmpty ? "No code found" : "Code found, no commit"
    }
}

extension Finding.Location {
    /// `lib/cart.js:31`
    var place: String { line.map { "\(path):\($0)" } ?? path }
}

extension Finding.Suspect {
    var shortSHA: String { String(sha.prefix(8)) }
    var day: String { Finding.day(date) }
}

extension Finding.SimilarIssue {
    var percent: Int { Int((score * 100).rounded()) }

    /// `Solved before (92 % alike)`, or that two open ones are the same.
    var relation: String {
        if status == .resolved { return "Solved before (\(percent) % alike)" }
        return hasSameStack ? "Same stack, open since \(Finding.day(firstSeen))" : "Similar (\(percent) % alike)"
    }
}

extension Finding {
    /// `2026-11-24`, in UTC: the same for everybody who reads the comment.
    static func day(_ date: Date) -> String { Zone.utc.local(date).day.description }
}
