import Domain
import FoundationEssentials

/// Sentences that all renderings share.
extension Finding {
    /// `TypeError: cart is undefined`, on one line.
    var headline: String {
        let value = self.value.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let words = type.isEmpty || value.hasPrefix(type) ? value : value.isEmpty ? type : "\(type): \(value)"
        return Self.onOneLine(words.isEmpty ? title : words)
    }

    /// What a stranger wrote never begins a line: it could pass for one of ours.
    static func onOneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

    /// "shop-web 2.3.1 · production", as far as known.
    var scene: String {
        let program = [project, version].compactMap(\.self).joined(separator: " ")
        return Self.onOneLine([program, environment ?? ""].filter { !$0.isEmpty }.joined(separator: " · "))
    }

    private var version: String? { release.map(version(of:)) }

    /// A release without the project's name, which stands before it: `2.3.1` of `shop-web@2.3.1`.
    func version(of release: String) -> String {
        guard let project, release.hasPrefix("\(project)@") else { return release }
        return String(release.dropFirst(project.count + 1))
    }

    /// Those named before the fold: a duplicate first, for it is not to be worked on twice.
    var leadingSimilar: [SimilarIssue] {
        Array((similar.filter(\.isDuplicate).prefix(1) + similar.filter { !$0.isDuplicate }).prefix(2))
    }

    var likely: Suspect? { suspects.first { $0.isLikely } }

    /// "Ask: Grace (wrote it), payments (owns lib/cart.js)"; names only, so that nobody is called.
    var ask: String? {
        let authors = likely.map { [$0] } ?? Array(suspects.prefix(3))
        let names = Reading.unique(authors.map { $0.author.replacing("@", with: "") }, atMost: 2)
            .filter { !$0.isEmpty && !$0.hasSuffix("[bot]") }
        var people =
            names.isEmpty ? [] : ["\(names.joined(separator: ", ")) (\(likely == nil ? "changed" : "wrote") it)"]
        if let place = locations.first, !owners.isEmpty {
            people.append("\(owners.joined(separator: ", ")) (\(owners.count == 1 ? "owns" : "own") \(place.path))")
        }
        return people.isEmpty ? nil : "Ask: \(people.joined(separator: "; "))"
    }

    /// What the report promises by its first line.
    var verdict: String {
        if taughtCommit != nil { return "Commit known" }
        if let change = laterChanges.first {
            return looksLikeFix(change) ? "Likely fixed already" : "Perhaps fixed already"
        }
        if likely != nil { return "Likely commit found" }
        if !suspects.isEmpty { return "Several commits possible" }
        return locations.isEmpty ? "No code found" : "Code found, no commit"
    }
}

extension Finding {
    /// "not yet in 2.3.1: likely fixed, waits for a deploy"
    func outlook(_ change: LaterChange) -> String {
        let hope = looksLikeFix(change) ? "likely fixed" : "perhaps fixed"
        let missing = "not yet in \(version ?? "this release")"
        guard let tag = change.tag else { return "\(missing): \(hope), waits for a deploy" }
        return "\(missing) but in \(tag): \(hope) there"
    }

    /// Whether its subject says so, or names the issue; that it touched the line alone is no promise.
    private func looksLikeFix(_ change: LaterChange) -> Bool {
        let words = change.subject.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
        return words.contains { Self.fixes.contains($0) || $0 == shortID?.lowercased() }
    }

    private static let fixes: Set<String> = [
        "fix", "fixes", "fixed", "repair", "repairs", "guard", "hotfix", "bugfix", "prevent", "crash", "avoid",
    ]
}

extension Finding.Location {
    /// `lib/cart.js:31`
    var place: String { line.map { "\(path):\($0)" } ?? path }
    /// Between event and revision, and from there to now.
    var drift: String? {
        let words = [moved, since].compactMap(\.self).joined(separator: "; ")
        return words.isEmpty ? nil : words
    }
}

extension Finding.Suspect {
    var shortSHA: String { String(sha.prefix(8)) }
    var day: String { Finding.day(date) }
}

extension Finding.SimilarIssue {
    var percent: Int { Int((score * 100).rounded()) }

    /// Open under another number as well.
    var isDuplicate: Bool { status == .unresolved && hasSameStack }

    /// `Solved before (92 % alike)`, or that two open ones are the same.
    var relation: String {
        switch status {
        case .resolved: "Solved before (\(percent) % alike)"
        case .ignored: "Ignored before (\(percent) % alike)"
        case .unresolved where hasSameStack: "Duplicate, with the same stack, open since \(Finding.day(firstSeen))"
        case .unresolved: "Similar (\(percent) % alike)"
        }
    }
}

extension Finding {
    /// `2026-11-24`, in UTC: the same for everybody who reads the comment.
    static func day(_ date: Date) -> String { Zone.utc.local(date).day.description }
}
