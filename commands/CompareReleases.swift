import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// Says which issues came with a release, and which went.
struct CompareReleases: Command {
    static let manual = Manual(
        "compare", "RELEASE [RELEASE]", "Compare a release with another: new issues and gone ones.",
        examples: ["/compare shop-web@2.3.1", "/compare 2.3.1 2.3.0"])

    private static let mostRows = 6

    let glitchtip: GlitchTipAPI

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let words = (arguments.word(), arguments.word())
        try arguments.end()
        guard let first = words.0 else { throw Refusal("Which release? Such as \(HTML.code("/compare 2.3.1")).") }
        let releases = try await glitchtip.releases()
        let named = try find(first, in: releases)
        guard let other = try words.1.map({ try find($0, in: releases) }) ?? before(named, in: releases) else {
            throw Refusal("Before \(named.version) I know of no release to compare it with.")
        }
        guard named != other else { throw Refusal("That is the same release twice.") }
        // Whichever is named first: the later one is compared with the earlier.
        let (new, old) = isEarlier(named, other) ? (other, named) : (named, other)

        async let later = issues(of: new)
        async let earlier = issues(of: old)
        let difference = Difference(later: try await later, earlier: try await earlier, since: old.firstSeen)

        return Reply(text(difference, new, old, call.date), keyboard: keyboard(difference))
    }

    private struct Difference {
        let new: [Issue]
        /// Not in the earlier one, but older than it.
        let back: [Issue]
        let gone: [Issue]
        let both: Int

        init(later: [Issue], earlier: [Issue], since start: Date?) {
            let (laterIDs, earlierIDs) = (Set(later.map(\.id)), Set(earlier.map(\.id)))
            let appeared = later.filter { !earlierIDs.contains($0.id) }.sorted { $1.count < $0.count }
            let start = start ?? .distantPast
            new = appeared.filter { $0.firstSeen >= start }
            back = appeared.filter { $0.firstSeen < start }
            gone = earlier.filter { !laterIDs.contains($0.id) }.sorted { $1.count < $0.count }
            both = laterIDs.intersection(earlierIDs).count
        }
    }

    private func find(_ word: String, in releases: [Release]) throws -> Release {
        if let exact = releases.first(where: { $0.version == word }) { return exact }
        let alike = releases.filter { $0.version.split(separator: "@").last.map { $0 == word } ?? false }
        let shown = HTML.code(Scrubber.scrub(word).cut(to: 60))
        if alike.count == 1, let only = alike.first { return only }
        if alike.count > 1 {
            throw Refusal("\(shown) may be \(names(alike)): which?")
        }
        guard !releases.isEmpty else { throw Refusal("GlitchTip knows of no release: no event named one.") }
        throw Refusal("There is no release \(shown). The newest are \(names(releases)).")
    }

    private func names(_ releases: [Release]) -> String {
        releases.prefix(5).map { $0.version.cut(to: 40) }.joined(separator: ", ")
    }

    /// The newest of the same project that was seen before it.
    private func before(_ release: Release, in releases: [Release]) -> Release? {
        releases.filter { other in
            other != release && !Set(other.projects).isDisjoint(with: release.projects) && isEarlier(other, release)
        }.max { isEarlier($0, $1) }
    }

    private func isEarlier(_ left: Release, _ right: Release) -> Bool {
        (left.firstSeen ?? .distantPast) < (right.firstSeen ?? .distantPast)
    }

    private func issues(of release: Release) async throws -> [Issue] {
        let filter = IssueFilter(tags: [Tag(key: "release", value: release.version)])
        return try await glitchtip.issues(filter) { _ in true }.filter { $0.status != .ignored }
    }

    private func text(_ difference: Difference, _ new: Release, _ old: Release, _ now: Date) -> HTML {
        let seen: HTML = new.firstSeen.map { " · first seen \(ago($0, now: now))" } ?? ""
        let both =
            switch difference.both {
            case 0: "none is in both"
            case 1: "1 issue is in both"
            case let count: "\(count) issues are in both"
            }
        var parts: [HTML] = [
            "🚀 <b>\(new.version.cut(to: 60))</b> against \(old.version.cut(to: 60))\(seen)\n"
                + "\(difference.new.count) new, \(difference.gone.count) gone; \(both)"
        ]
        parts += section("New", difference.new)
        parts += section("Back: older than both, and not in \(old.version.cut(to: 60))", difference.back)
        parts += section("Gone", difference.gone)
        if !difference.gone.isEmpty, let first = new.firstSeen, now.timeIntervalSince(first) < 86_400 {
            parts.append("It is out for less than a day: what is gone may only not have happened yet.")
        }
        return parts.joined(by: "\n")
    }

    private func section(_ title: String, _ issues: [Issue]) -> [HTML] {
        guard !issues.isEmpty else { return [] }
        let rows = issues.prefix(Self.mostRows).map { issue -> HTML in
            "\(issue.mark) #\(issue.id) \(issue.scrubbedTitle.cut(to: 70)) · \(issue.timesSeen)"
        }
        let others = issues.count - rows.count
        return ["<b>\(title)</b>"] + rows + (others > 0 ? ["and \(others) more"] : [])
    }

    private func keyboard(_ difference: Difference) -> [[Button]] {
        let buttons = (difference.new + difference.back).prefix(5)
            .map { Button("#\($0.id)", callbackData: "/issue \($0.id)") }
        return buttons.isEmpty ? [] : [buttons]
    }
}
