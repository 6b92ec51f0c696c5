import Domain
import FoundationEssentials

/// An issue as GlitchTip writes it: ids and counts as text or number, some keys in two spellings. Only the id must be
/// there: an alert with an odd field is still an alert.
struct WireIssue: Decodable {
    let issue: Issue

    private enum Key: String, CodingKey {
        case id, shortId, short_id, title, level, status, project, count, firstSeen, first_seen, lastSeen, last_seen
        case numComments, num_comments, metadata
    }

    private struct Metadata: Decodable {
        let type: Loose?
        let value: Loose?
        let filename: Loose?
        let function: Loose?
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let id = try fields.decode(WireNumber.self, forKey: .id).value
        let lastSeen = fields.first(.lastSeen, .last_seen, as: Date.self)
        let firstSeen = fields.first(.firstSeen, .first_seen, as: Date.self)
        let metadata = fields.first(.metadata, as: Metadata.self)
        issue = Issue(
            id: Issue.ID(id), shortID: fields.first(.shortId, .short_id) ?? "#\(id)", title: fields.first(.title) ?? "",
            level: fields.first(.level).flatMap(Issue.Level.init) ?? .error,
            status: fields.first(.status).flatMap(Issue.Status.init) ?? .unresolved,
            project: fields.first(.project, as: WireProject.self)?.project ?? Project(id: 0, slug: "", name: ""),
            count: fields.first(.count, as: WireNumber.self)?.value ?? 0,
            firstSeen: firstSeen ?? lastSeen ?? Date(timeIntervalSince1970: 0),
            lastSeen: lastSeen ?? firstSeen ?? Date(timeIntervalSince1970: 0),
            commentCount: fields.first(.numComments, .num_comments, as: WireNumber.self)?.value ?? 0,
            metadata: Issue.Metadata(
                type: metadata?.type?.text, value: metadata?.value?.text, filename: metadata?.filename?.text,
                function: metadata?.function?.text))
    }
}

struct WireProject: Decodable {
    private let id: WireNumber
    private let slug: String
    private let name: String?
    private let platform: String?

    var project: Project { Project(id: id.value, slug: slug, name: name ?? slug, platform: platform) }
}
