import Domain
import FoundationEssentials

extension GlitchTipAPI {
    /// The newest first, at most 100; of one project when its slug is given.
    package func releases(of project: String? = nil, limit: Int = 100) async throws -> [Release] {
        let path = project.map { "/api/0/projects/\(Door.escape(organization))/\(Door.escape($0))/releases/" }
        return try await door.page(path ?? "\(ours)/releases/", limit: limit, as: WireRelease.self).items.map(\.release)
    }
}

private struct WireRelease: Decodable {
    let release: Release

    private enum Key: String, CodingKey {
        case version, projects, ref, dateCreated, date_created, dateReleased, date_released
    }

    private struct Slug: Decodable { let slug: String }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        release = Release(
            version: try fields.decode(String.self, forKey: .version),
            projects: fields.first(.projects, as: Lenient<Slug>.self)?.items.map(\.slug) ?? [],
            firstSeen: fields.first(.dateCreated, .date_created), ref: fields.first(.ref),
            releasedAt: fields.first(.dateReleased, .date_released))
    }
}
