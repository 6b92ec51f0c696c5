import Domain
import FoundationEssentials

extension Ledger {
    /// All incidents that were open at some time since then.
    package func incidents(since date: Date) async throws -> [Incident] {
        try await entry { book in
            try book.connection.run(
                """
                SELECT state FROM episodes
                WHERE announced IN ('message', 'digest') AND (is_open = 1 OR closed_at >= $1) ORDER BY opened_at, issue
                """, [.date(date)]
            ).compactMap { Incident(try Book.decode(Episode.self, $0, "state")) }
        }
    }
}
