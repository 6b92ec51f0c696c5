import FoundationEssentials

/// The time in which a team measures how long it takes by itself.
package struct BaselineSpan: Sendable, Hashable, Codable {
    package let start: Date
    /// Nil while it goes on.
    package var end: Date?

    package init(start: Date, end: Date? = nil) {
        self.start = start
        self.end = end
    }
}

extension Ledger {
    private static let baselineKey = "baseline"

    /// Nil when nobody has measured.
    package func baseline() async throws -> BaselineSpan? {
        guard let text = try await setting(Self.baselineKey) else { return nil }
        do {
            return try JSONDecoder().decode(BaselineSpan.self, from: Data(text.utf8))
        } catch is DecodingError {
            throw LedgerError.unexpected(Self.baselineKey)
        }
    }

    package func set(baseline span: BaselineSpan) async throws {
        try await set(String(decoding: try JSONEncoder().encode(span), as: UTF8.self), for: Self.baselineKey)
    }
}
