import Domain
import FoundationEssentials

extension GlitchTipAPI {
    package func monitors() async throws -> [Monitor] {
        try await door.all("\(ours)/monitors/", as: WireMonitor.self).map(\.monitor)
    }
}

private struct WireMonitor: Decodable {
    let monitor: Monitor

    private enum Key: String, CodingKey {
        case id, name, created, isUp, is_up, lastChange, last_change, projectID, projectId, project_id
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let id = try fields.decode(WireNumber.self, forKey: .id).value
        monitor = Monitor(
            id: id, name: fields.first(.name) ?? "#\(id)", isUp: fields.first(.isUp, .is_up),
            lastChange: fields.first(.lastChange, .last_change),
            project: fields.first(.projectID, .projectId, .project_id, as: WireNumber.self)?.value,
            created: fields.first(.created))
    }
}
