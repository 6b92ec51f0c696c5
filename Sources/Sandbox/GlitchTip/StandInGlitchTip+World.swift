import Domain
import FoundationEssentials

/// What happens in the world that GlitchTip watches.
extension StandInGlitchTip {
    package func add(_ project: Project) { projects.append(project) }

    package func add(_ account: Account) { accounts.append(account) }

    /// Another API token; its scopes are all it may do.
    package func addToken(_ text: String, scopes: [String], account: Int = 1) {
        tokens[text] = AccessToken(id: tokens.count + 1, label: "another", scopes: scopes, account: account)
    }

    package func revoke(_ token: String) { tokens[token] = nil }

    /// An issue with these events, oldest first; the newest gives it its title, as in GlitchTip.
    ///
    /// `count` is how many there were ever, spread over the time from the first to the last.
    @discardableResult
    package func add(
        _ id: Int? = nil, in slug: String, events: [Event], level: Issue.Level = .error,
        status: Issue.Status = .unresolved, count: Int? = nil, firstSeen: Date? = nil
    ) -> Issue.ID {
        let project = self.project(slug)
        let number = id ?? lastIssue + 1
        lastIssue = max(lastIssue, number)
        let first = firstSeen ?? events.first?.date ?? now()
        let last = events.last?.date ?? first
        issues[number] = StoredIssue(
            id: number, number: issues.values.filter { $0.project.id == project.id }.count + 1, project: project,
            level: level, status: status, firstSeen: first, lastSeen: last)
        for event in events { record(event, on: number) }
        issues[number]?.count((count ?? 0) - events.count, from: first, to: last)
        return Issue.ID(number)
    }

    /// An issue with one event that has this title, for tests that look at nothing else.
    @discardableResult
    package func add(
        _ id: Int? = nil, title: String, in slug: String = "shop-web", level: Issue.Level = .error,
        status: Issue.Status = .unresolved, count: Int = 1, firstSeen: Date? = nil, lastSeen: Date? = nil
    ) -> Issue.ID {
        let date = lastSeen ?? firstSeen ?? now()
        let halves = title.firstRange(of: ": ").map { (title[..<$0.lowerBound], title[$0.upperBound...]) }
        let exceptions = halves.map { [Exception(type: String($0.0), value: String($0.1))] } ?? []
        let event = Event(
            id: Self.eventID(id ?? lastIssue + 1, 1), date: date, title: title, message: title, exceptions: exceptions)
        return add(id, in: slug, events: [event], level: level, status: status, count: count, firstSeen: firstSeen)
    }

    package func setStatus(_ status: Issue.Status, on id: Issue.ID) {
        issues[id.number]?.status = status
    }

    package func status(of id: Issue.ID) -> Issue.Status? { issues[id.number]?.status }

    /// Somebody writes a comment in GlitchTip's own pages.
    package func addComment(_ text: String, on id: Issue.ID, by account: Int = 1, at date: Date? = nil) {
        lastComment += 1
        issues[id.number]?.comments.append(
            StoredComment(id: lastComment, account: account, date: date ?? now(), text: text))
    }

    /// The texts, oldest first.
    package func comments(on id: Issue.ID) -> [String] {
        issues[id.number]?.comments.map(\.text) ?? []
    }

    /// Its retention is over.
    package func forgetEverything() {
        issues = [:]
        releases = []
    }

    package func delete(_ id: Issue.ID) { issues[id.number]?.isDeleted = true }
}
