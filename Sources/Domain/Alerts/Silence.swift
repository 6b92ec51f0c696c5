import FoundationEssentials

/// Nothing is said about what it matches, for a while; it is counted.
package struct Silence: Sendable, Hashable, Codable {
    package let target: Target
    package let end: End
    package let by: String
    package let createdAt: Date
    /// Where it was asked for, and where its end is said.
    package let place: Place

    package enum Target: Sendable, Hashable, Codable {
        case issue(Issue.ID)
        /// Its slug.
        case project(String)
        /// In the title or the message, in any case of letters.
        case words(String)
    }

    package enum End: Sendable, Hashable, Codable {
        case date(Date)
        /// When so many more events came.
        case events(Int)
    }

    package init(target: Target, end: End, by: String, createdAt: Date, place: Place) {
        self.target = target
        self.end = end
        self.by = by
        self.createdAt = createdAt
        self.place = place
    }

    package func matches(_ issue: Issue) -> Bool {
        switch target {
        case .issue(let id): return id == issue.id
        case .project(let slug):
            // A webhook has only the project's name.
            return [issue.project.slug, issue.project.name].contains { $0.lowercased() == slug.lowercased() }
        case .words(let words):
            let wanted = words.lowercased()
            return [issue.title, issue.metadata.value ?? ""].contains { $0.lowercased().contains(wanted) }
        }
    }

    /// - Parameter held: events that it held back so far.
    package func isOver(held: Int, at now: Date) -> Bool {
        switch end {
        case .date(let date): now >= date
        case .events(let count): held >= count
        }
    }
}

extension Silence.End {
    /// At most so long: what should never be said again is to be ignored.
    private static let longest = 90 * 86_400

    package enum Mistake: Error, Sendable, Hashable {
        case missing
        case unreadable(String)
        case tooLong
    }

    /// Reads `2h`, `for 2h`, `until 18:00`, `until 100 more`.
    package init(text: String, at now: Date, zone: Zone) throws(Mistake) {
        var words = text.lowercased().split(whereSeparator: \.isWhitespace)
        if words.first == "for" { words.removeFirst() }
        guard !words.isEmpty else { throw .missing }
        if words.count == 1, let period = Period(text: words[0]) {
            guard period.seconds <= Self.longest else { throw .tooLong }
            self = .date(now.addingTimeInterval(Double(period.seconds)))
            return
        }
        if words.count == 2, words[0] == "until", let time = TimeOfDay(text: words[1]) {
            self = .date(zone.next(time, after: now))
            return
        }
        if words.count == 3, words[0] == "until", words[2] == "more", words[1].allSatisfy({ ("0"..."9").contains($0) }),
            let count = Int(words[1]), (1...1_000_000).contains(count)
        {
            self = .events(count)
            return
        }
        throw .unreadable(text)
    }
}
