import Domain
import FoundationEssentials

/// Episodes, by the questions that are asked about them.
extension Book {
    /// The latest of an issue.
    package func episode(of issue: Issue.ID) throws -> Episode? {
        try episodes(
            "SELECT state FROM episodes WHERE issue = $1 ORDER BY number DESC LIMIT 1", [.integer(issue.number)]
        ).first
    }

    package func episode(_ number: Int, of issue: Issue.ID) throws -> Episode? {
        try episodes(
            "SELECT state FROM episodes WHERE issue = $1 AND number = $2",
            [.integer(issue.number), .integer(number)]
        ).first
    }

    package func save(_ episode: Episode) throws {
        let announced = Announced(episode.announcement)
        let values: [(String, Value)] = [
            ("issue", .integer(episode.issue.number)), ("number", .integer(episode.number)),
            ("state", try Self.encode(episode)), ("project", .text(episode.subject.project.slug)),
            ("kind", .text(episode.subject.kind)), ("opened_at", .date(episode.openedAt)),
            ("is_open", .flag(episode.isOpen)), ("is_touched", .flag(episode.isTouched)),
            ("is_fatal", .flag(episode.subject.level == .fatal && episode.escalatedAt == nil)),
            ("lacks_details", .flag(episode.isBare || episode.details?.isRead != true)),
            ("announced", .text(announced.kind)), ("announced_at", episode.announcedAt.map { .date($0) } ?? .null),
            ("chat", announced.chat.map { .integer($0) } ?? .null), ("storm", .optional(announced.storm)),
            ("silence", .optional(episode.silence)), ("events", .integer(episode.subject.count)),
            ("shown", .integer(episode.shownCount)),
            ("closed_at", (episode.closing?.touch.at).map { .date($0) } ?? .null),
        ]
        let names = values.map(\.0)
        try connection.run(
            """
            INSERT INTO episodes (\(names.joined(separator: ", ")))
            VALUES (\(names.indices.map { "$\($0 + 1)" }.joined(separator: ", ")))
            ON CONFLICT (issue, number) DO UPDATE SET
            \(names.dropFirst(2).map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            """, values.map(\.1))
    }

    /// Of its kind in its project since then, counted up to `most`: in a storm there are thousands.
    package func episodesAlike(_ issue: Issue, since date: Date, most: Int) throws -> Int {
        let rows = try connection.run(
            """
            SELECT count(*) AS n FROM (
                SELECT 1 FROM episodes WHERE project = $1 AND kind = $2 AND opened_at >= $3 LIMIT $4) AS alike
            """, [.text(issue.project.slug), .text(issue.kind), .date(date), .integer(most)])
        return try rows.first?.int("n") ?? 0
    }

    /// Messages of their own that a chat got since then.
    package func announced(in chat: Int64, since date: Date) throws -> Int {
        let rows = try connection.run(
            "SELECT count(*) AS n FROM episodes WHERE chat = $1 AND announced_at > $2 AND announced = 'message'",
            [.integer(chat), .date(date)])
        return try rows.first?.int("n") ?? 0
    }

    /// Open ones that the chat knows of, those first that were not compared with GlitchTip for longest; notes that they are.
    package func takeForChecking(limit: Int, at date: Date) throws -> [Issue.ID] {
        let rows = try connection.run(
            """
            UPDATE episodes SET checked_at = $1 WHERE is_open = 1 AND (issue, number) IN (
                SELECT issue, number FROM episodes WHERE is_open = 1 AND announced <> 'none'
                ORDER BY checked_at, issue LIMIT $2)
            RETURNING issue
            """, [.date(date), .integer(limit)])
        return try rows.map { Issue.ID(try $0.int("issue")) }
    }

    /// Whose newest event should be read: those with a message that does not say yet where it happened, and those that
    /// happened twice as often since. Notes that they are; none is given again for ten minutes.
    package func takeForReading(limit: Int, at now: Date) throws -> [Issue.ID] {
        let rows = try connection.run(
            """
            UPDATE episodes SET read_at = $1, read_events = events WHERE (issue, number) IN (
                SELECT issue, number FROM episodes
                WHERE is_open = 1 AND announced = 'message' AND read_at < $2
                    AND (lacks_details = 1 OR events >= 2 * read_events + 10)
                ORDER BY lacks_details DESC, read_at, issue LIMIT $3)
            RETURNING issue
            """, [.date(now), .date(now.addingTimeInterval(-600)), .integer(limit)])
        return try rows.map { Issue.ID(try $0.int("issue")) }
    }

    /// Fatal, untouched and not brought up again yet, though the chat was told so long ago: that can be later than it began.
    package func untouchedFatal(toldBefore date: Date) throws -> [Episode] {
        try episodes(
            """
            SELECT state FROM episodes WHERE is_open = 1 AND is_fatal = 1 AND is_touched = 0 AND announced = 'message'
                AND coalesce(announced_at, opened_at) <= $1 ORDER BY opened_at LIMIT 20
            """, [.date(date)])
    }

    /// Chats with a live message whose counter is behind.
    package func chatsWithOldCounters() throws -> [Int64] {
        try connection.run(
            "SELECT DISTINCT chat FROM episodes WHERE is_open = 1 AND announced = 'message' AND events <> shown"
        ).map { try $0.integer("chat") }
    }

    /// The one of a chat whose counter is furthest behind, in proportion.
    package func oldestCounter(in chat: Int64) throws -> Episode? {
        try episodes(
            """
            SELECT state FROM episodes WHERE is_open = 1 AND announced = 'message' AND events <> shown AND chat = $1
            ORDER BY CAST(events AS DOUBLE PRECISION) / (shown + 1) DESC, issue LIMIT 1
            """, [.integer(chat)]
        )
        .first
    }

    /// Closed within a span of time, with a message of their own.
    package func closed(from start: Date, to end: Date) throws -> [Episode] {
        try episodes(
            "SELECT state FROM episodes WHERE closed_at > $1 AND closed_at <= $2 AND announced = 'message' LIMIT 100",
            [.date(start), .date(end)])
    }

    package func openEpisodes() throws -> [Episode] {
        try episodes("SELECT state FROM episodes WHERE is_open = 1 ORDER BY issue", [])
    }

    package func episodes(under silence: Int) throws -> [Episode] {
        try episodes("SELECT state FROM episodes WHERE silence = $1 ORDER BY issue", [.integer(silence)])
    }

    /// Open, kept from the chat, and under no silence any more.
    package func leftBehind() throws -> [Episode] {
        try episodes(
            "SELECT state FROM episodes WHERE is_open = 1 AND announced = 'held' AND silence IS NULL ORDER BY issue", []
        )
    }

    /// What is open and was not kept from the chat: the oldest untouched first, then what somebody has.
    package func openAlerts(storm: Int? = nil, limit: Int, offset: Int) throws -> (episodes: [Episode], count: Int) {
        let condition =
            storm == nil ? "is_open = 1 AND announced IN ('message', 'digest')" : "storm = $3"
        let values: [Value] = [.integer(limit), .integer(offset)] + (storm.map { [.integer($0)] } ?? [])
        let found = try episodes(
            "SELECT state FROM episodes WHERE \(condition) ORDER BY is_touched, opened_at, issue LIMIT $1 OFFSET $2",
            values)
        let rows = try connection.run(
            "SELECT count(*) AS n FROM episodes WHERE \(condition.replacing("$3", with: "$1"))",
            storm.map { [.integer($0)] } ?? [])
        return (found, try rows.first?.int("n") ?? 0)
    }

    private func episodes(_ sql: String, _ values: [Value]) throws -> [Episode] {
        try connection.run(sql, values).map { try Self.decode(Episode.self, $0, "state") }
    }

    private struct Announced {
        var kind = "none"
        var chat: Int64?
        var storm: Int?

        init(_ announcement: Episode.Announcement) {
            switch announcement {
            case .none: break
            case .message(let place): (kind, chat) = ("message", place.destination.chat)
            case .digest(let storm): (kind, self.storm) = ("digest", storm)
            case .held: kind = "held"
            case .nowhere: kind = "nowhere"
            }
        }
    }
}

extension Value {
    fileprivate static func flag(_ value: Bool) -> Value { .integer(value ? 1 : 0) }
}
