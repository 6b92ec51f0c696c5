import FoundationEssentials

/// What GlitchTip's uptime monitors said last.
package struct StoredMonitor: Sendable, Hashable {
    package let number: Int
    package let name: String
    /// How often it was down, this time included.
    package let outage: Int
    /// Nil while it is up.
    package let downSince: Date?

    package init(number: Int, name: String, outage: Int, downSince: Date?) {
        self.number = number
        self.name = name
        self.outage = outage
        self.downSince = downSince
    }
}

extension Book {
    package func monitor(_ number: Int) throws -> StoredMonitor? {
        try connection.run("SELECT * FROM monitors WHERE monitor = $1", [.integer(number)]).first.map { row in
            StoredMonitor(
                number: number, name: try row.text("name"), outage: try row.int("outage"),
                downSince: try row.optionalDate("down_since"))
        }
    }

    package func save(_ monitor: StoredMonitor) throws {
        try connection.run(
            """
            INSERT INTO monitors (monitor, name, outage, down_since) VALUES ($1, $2, $3, $4)
            ON CONFLICT (monitor) DO UPDATE SET
                name = excluded.name, outage = excluded.outage, down_since = excluded.down_since
            """,
            [
                .integer(monitor.number), .text(monitor.name), .integer(monitor.outage),
                monitor.downSince.map { .date($0) } ?? .null,
            ])
    }
}
