import Domain
import FoundationEssentials

/// An issue as GlitchTip writes it: ids and counts as text or number, some keys in two spellings.
struct WireIssue: Decodable {
    private let id: WireNumber
    private let shortId: String?
    private let short_id: String?
    private let title: String?
    private let level: String?
    private let status: String?
    private let project: WireProject
    private let count: WireNumber?
    private let firstSeen: Date?
    private let first_seen: Date?
    private let lastSeen: Date?
    private let last_seen: Date?
    private let numComments: Int?
    private let num_comments: Int?
    private let metadata: Metadata?

    private struct Metadata: Decodable {
        let type: String?
        let value: String?
        let filename: String?
        let function: String?
    }

    var issue: Issue {
        let seen = lastSeen ?? last_seen ?? Date(timeIntervalSince1970: 0)
        return Issue(
            id: Issue.ID(id.value), shortID: shortId ?? short_id ?? "#\(id.value)", title: title ?? "",
            level: level.flatMap(Issue.Level.init) ?? .error, status: status.flatMap(Issue.Status.init) ?? .unresolved,
            project: project.project, count: count?.value ?? 0, firstSeen: firstSeen ?? first_seen ?? seen,
            lastSeen: seen, commentCount: numComments ?? num_comments ?? 0,
            metadata: Issue.Metadata(
                type: metadata?.type, value: metadata?.value, filename: metadata?.filename,
                function: metadata?.function))
    }
}

struct WireProject: Decodable {
    private let id: WireNumber
    private let slug: String
    private let name: String?
    private let platform: String?

    var project: Project { Project(id: id.value, slug: slug, name: name ?? slug, platform: platform) }
}
