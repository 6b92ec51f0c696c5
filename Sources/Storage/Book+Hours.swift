import Domain
import FoundationEssentials

/// How often each issue happened, by the hour: what a surge is told by.
extension Book {
    /// Adds events to hours, which are counted from 1970.
    package func count(_ events: [Int: Int], of issue: Issue.ID) throws {
        for (hour, count) in events.sorted(by: { $0.key < $1.key }) {
            try connection.run(
                """
                INSERT INTO episode_hours (issue, hour, events) VALUES ($1, $2, $3)
                ON CONFLICT (issue, hour) DO UPDATE SET events = episode_hours.events + excluded.events
                """, [.integer(issue.number), .integer(hour), .integer(count)])
        }
    }

    package func hours(of issue: Issue.ID, since hour: Int) throws -> [Int: Int] {
        let rows = try connection.run(
            "SELECT hour, events FROM episode_hours WHERE issue = $1 AND hour >= $2",
            [.integer(issue.number), .integer(hour)])
        return Dictionary(try rows.map { (try $0.int("hour"), try $0.int("events")) }) { first, _ in first }
    }
}
