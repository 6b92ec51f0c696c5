import Domain
import FoundationEssentials

extension Domain.Issue {
    static func sample(
        _ id: Int = 42, title: String = "TypeError: cart is undefined", project: String = "shop-web",
        level: Level = .error,
        status: Status = .unresolved, count: Int = 1, firstSeen: Date = .noon, comments: Int = 0,
        type: String? = "TypeError",
        value: String? = nil
    ) -> Domain.Issue {
        Domain.Issue(
            id: ID(id), shortID: "SHOP-WEB-\(id)", title: title, level: level, status: status,
            project: Project(id: 1, slug: project, name: "Shop Web"), count: count, firstSeen: firstSeen,
            lastSeen: .noon, commentCount: comments, metadata: Metadata(type: type, value: value))
    }
}

extension Asked {
    static let noon = Asked(turn: 0, date: .noon)

    func plus(_ seconds: Double) -> Asked { Asked(turn: turn + Int(seconds), date: date.plus(seconds)) }
}

extension Date {
    /// 2026-11-25 12:00 UTC
    static let noon = Date(timeIntervalSince1970: 1_795_608_000)

    func plus(_ seconds: Double) -> Date { addingTimeInterval(seconds) }
}
