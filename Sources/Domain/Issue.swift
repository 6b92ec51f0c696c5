import FoundationEssentials

/// A group of events that GlitchTip holds for the same error.
package struct Issue: Sendable, Hashable, Codable {
    package let id: ID
    package let shortID: String
    /// At most 100 characters, cut by GlitchTip; `metadata.value` has the full message.
    package let title: String
    package let level: Level
    package let status: Status
    package let project: Project
    /// Events ever, also those that GlitchTip has deleted since.
    package let count: Int
    package let firstSeen: Date
    package let lastSeen: Date
    package let commentCount: Int
    package let metadata: Metadata

    /// GlitchTip's number for an issue, unique in the whole server.
    package struct ID: Sendable, Hashable, Comparable, CustomStringConvertible {
        package let number: Int

        package init(_ number: Int) { self.number = number }

        /// Reads `4711` or `#4711`, the two ways people type it.
        package init?(text: some StringProtocol) {
            let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
            guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits), number > 0
            else { return nil }
            self.number = number
        }

        package var description: String { String(number) }

        package static func < (left: ID, right: ID) -> Bool { left.number < right.number }
    }

    /// GlitchTip's three; it has no assignment and no "in the next release".
    package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        case unresolved, resolved, ignored
    }

    package enum Level: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        case sample, debug, info, warning, error, fatal

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What the newest event said; empty for an issue that is only a message.
    package struct Metadata: Sendable, Hashable, Codable {
        package let type: String?
        package let value: String?
        package let filename: String?
        package let function: String?

        package init(type: String? = nil, value: String? = nil, filename: String? = nil, function: String? = nil) {
            self.type = type
            self.value = value
            self.filename = filename
            self.function = function
        }
    }

    package init(
        id: ID, shortID: String, title: String, level: Level, status: Status, project: Project, count: Int,
        firstSeen: Date, lastSeen: Date, commentCount: Int = 0, metadata: Metadata = Metadata()
    ) {
        self.id = id
        self.shortID = shortID
        self.title = title
        self.level = level
        self.status = status
        self.project = project
        self.count = count
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.commentCount = commentCount
        self.metadata = metadata
    }
}

extension Issue.ID: Codable {
    package init(from decoder: any Decoder) throws { number = try decoder.singleValueContainer().decode(Int.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}
