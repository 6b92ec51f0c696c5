import Domain
import HTTP

extension GlitchTipAPI {
    /// GlitchTip's largest page; asking for more is cut without a word.
    package static var largestPage: Int { Door.largestPage }

    /// One page of issues, at most 100.
    package func issues(_ filter: IssueFilter, limit: Int = 25, after cursor: Cursor? = nil) async throws -> Page<Issue>
    {
        try await door.page("\(ours)/issues/", filter.query, limit: limit, after: cursor, as: WireIssue.self)
            .map(\.issue)
    }

    /// How many issues there are; GlitchTip counts no further than `mostCounted`.
    package func count(_ filter: IssueFilter) async throws -> Int {
        let page = try await issues(filter, limit: 1)
        return page.hits ?? page.items.count
    }

    package static let mostCounted = 1000

    /// Issues page after page, as long as `wanted` says so of a page's last one.
    package func issues(_ filter: IssueFilter, while wanted: (Issue) -> Bool) async throws -> [Issue] {
        var all: [Issue] = []
        try await walk(filter) { issues in
            all += issues
            return issues.last.map(wanted) ?? false
        }
        return all.filter(wanted)
    }

    /// Visits page after page while `visit` wants more. An issue that stands on two pages is shown once, and a page that
    /// brings nothing new is the last.
    private func walk(_ filter: IssueFilter, _ visit: ([Issue]) -> Bool) async throws {
        var known: Set<Issue.ID> = []
        var cursor: Cursor?
        for _ in 0..<Door.mostPages {
            let page = try await issues(filter, limit: Door.largestPage, after: cursor)
            let new = page.items.filter { known.insert($0.id).inserted }
            guard !new.isEmpty, visit(new), let next = page.next else { return }
            cursor = next
        }
    }

    package func issue(_ id: Issue.ID) async throws -> Issue {
        try await door.get("/api/0/issues/\(id)/", as: WireIssue.self).issue
    }

    /// A short id cannot be looked up: the project's issues are paged through until it appears.
    package func issue(_ reference: IssueReference) async throws -> Issue {
        switch reference {
        case .id(let id): return try await issue(id)
        case .shortID(let shortID):
            let slug = shortID.prefix(upTo: shortID.lastIndex(of: "-") ?? shortID.endIndex).lowercased()
            let projects = try await projects().filter { $0.slug.lowercased() == slug }.map(\.id)
            guard !projects.isEmpty else { throw GlitchTipError.notFound }
            var found: Issue?
            try await walk(IssueFilter(projects: projects)) { issues in
                found = issues.first { $0.shortID.uppercased() == shortID }
                return found == nil
            }
            guard let found else { throw GlitchTipError.notFound }
            return found
        }
    }

    /// Sets the status of one issue; doing it again changes nothing. There is no method for many at once on purpose:
    /// GlitchTip's bulk call changes every issue of the organization when its parameter is misspelt.
    package func set(_ status: Issue.Status, on id: Issue.ID) async throws -> Issue {
        struct Change: Encodable { let status: String }
        return try await door.write(
            .put, "/api/0/issues/\(id)/", Change(status: status.rawValue), as: WireIssue.self
        ).issue
    }

    /// Sets the status of several issues, one after the other; what failed is said beside what did not.
    package func set(_ status: Issue.Status, on ids: [Issue.ID]) async -> [(
        id: Issue.ID, result: Result<Issue, any Error>
    )] {
        var results: [(id: Issue.ID, result: Result<Issue, any Error>)] = []
        for id in ids {
            do {
                results.append((id, .success(try await set(status, on: id))))
            } catch {
                results.append((id, .failure(error)))
            }
        }
        return results
    }
}
