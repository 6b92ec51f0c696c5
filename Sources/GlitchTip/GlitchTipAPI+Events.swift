import Domain
import HTTP

extension GlitchTipAPI {
    /// Each may have megabytes.
    private static let mostEvents = 5

    package func latestEvent(of issue: Issue.ID) async throws -> Event {
        try await event("latest", of: issue)
    }

    /// Nil when GlitchTip has deleted them all by now: the issue is still worth showing.
    package func latestEventIfAny(of issue: Issue.ID) async throws -> Event? {
        do {
            return try await latestEvent(of: issue)
        } catch GlitchTipError.notFound {
            return nil
        }
    }

    package func event(_ id: String, of issue: Issue.ID) async throws -> Event {
        let path = "/api/0/issues/\(issue)/events/\(Door.escape(id))/"
        return try EventDocument.decode(try await door.send(.get, path).body)
    }

    /// The newest first, at most five, or only one when more are too large for one answer. An issue that is not there
    /// has none.
    package func events(of issue: Issue.ID, limit: Int) async throws -> [Event] {
        let limit = min(max(1, limit), Self.mostEvents)
        let path = "/api/0/issues/\(issue)/events/"
        do {
            return try EventDocument.decodeList(try await door.send(.get, path, [("limit", String(limit))]).body)
        } catch GlitchTipError.tooLarge where limit > 1 {
            return try await events(of: issue, limit: 1)
        }
    }

    /// How often each value of each tag was seen.
    package func tags(of issue: Issue.ID) async throws -> [TagSummary] {
        struct Wire: Decodable {
            let key: String
            let topValues: Lenient<Value>?
            let uniqueValues: WireNumber?

            struct Value: Decodable {
                let value: Loose?
                let count: WireNumber?
            }
        }
        return try await door.get("/api/0/issues/\(issue)/tags/", as: Lenient<Wire>.self).items.map { tag in
            TagSummary(
                key: tag.key,
                values: (tag.topValues?.items ?? []).map {
                    .init(text: $0.value?.text ?? "", count: $0.count?.value ?? 0)
                }, distinct: max(tag.uniqueValues?.value ?? 0, tag.topValues?.items.count ?? 0))
        }.sorted { $0.key < $1.key }
    }
}

extension [TagSummary] {
    /// `userCount` is always 0 in GlitchTip; the tag with the most different values knows best. Nil when nobody is named.
    package var users: Int? {
        filter { $0.key.hasPrefix("user.") && $0.key != "user.ip_address" }.map(\.distinct).max()
    }
}

/// One tag over all events of an issue.
package struct TagSummary: Sendable, Hashable {
    package let key: String
    package let values: [Value]
    /// How many different ones there are; `values` may not have them all.
    package let distinct: Int

    package struct Value: Sendable, Hashable {
        package let text: String
        package let count: Int
    }
}
