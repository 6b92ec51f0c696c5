import Domain
import FoundationEssentials

/// The values of an issue, to be put in place of `{{issue.shortId}}`, `{{tags.server_name}}` and the like.
///
/// Values were written by strangers. They are scrubbed, put into one line and kept short; and people copy code into a
/// shell, so there only a value goes in that no shell reads as more than a word. What is unknown, missing or not fit stays
/// visible as it was written.
package struct Filling: Sendable {
    /// Where a value goes.
    package enum Place: Sendable { case text, code, address }

    private var values: [String: String] = [:]

    /// A filling without values, which shows a runbook as it was written.
    package init() {}

    package init(issue: Issue?, event: Event?) {
        for (name, value) in Self.values(of: issue) + Self.values(of: event) {
            set(name.rawValue, value)
        }
        for tag in event?.tags ?? [] where values[Self.tags + tag.key] == nil {
            set(Self.tags + tag.key, Scrubber.scrub(key: tag.key, value: tag.value))
        }
    }

    /// The names that can be written; and `tags.` with the name of any tag.
    enum Name: String, CaseIterable {
        case issueID = "issue.id", issueShortID = "issue.shortId", issueTitle = "issue.title"
        case issueLevel = "issue.level", issueStatus = "issue.status", issueCount = "issue.count"
        case issueFirstSeen = "issue.firstSeen", issueLastSeen = "issue.lastSeen", issueProject = "issue.project"
        case eventID = "event.id", eventRelease = "event.release", eventEnvironment = "event.environment"
        case eventTransaction = "event.transaction", eventMessage = "event.message", eventPlatform = "event.platform"
        case exceptionType = "exception.type", exceptionValue = "exception.value"
        case framePath = "frame.path", frameLine = "frame.line", frameFunction = "frame.function"
        case frameModule = "frame.module"
    }

    static let tags = "tags."

    static func isKnown(_ name: String) -> Bool {
        Name(rawValue: name) != nil || name.hasPrefix(tags) && name.utf8.count > tags.utf8.count
    }

    /// The text with the values that fit there.
    package func fill(_ text: String, in place: Place) -> String {
        var filled = ""
        for part in Placeholder.parts(of: text) {
            switch part {
            case .text(let text): filled += text
            case .placeholder(let name, let written): filled += values[name].flatMap(place.fit) ?? String(written)
            }
        }
        return filled
    }

    // MARK: Values

    private mutating func set(_ name: String, _ value: String?) {
        guard let value else { return }
        let line = Scrubber.scrub(String(value.prefix(2000)))
            .unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }.filter { !$0.turnsOrHides }
        let text = String(String.UnicodeScalarView(line)).split(separator: " ").joined(separator: " ")
        guard !text.isEmpty else { return }
        values[name] = text.count > Self.longest ? text.prefix(Self.longest - 1) + "…" : text
    }

    private static let longest = 200

    private static func values(of issue: Issue?) -> [(Name, String?)] {
        guard let issue else { return [] }
        return [
            (.issueID, issue.id.description), (.issueShortID, issue.shortID), (.issueTitle, issue.title),
            (.issueLevel, issue.level.rawValue), (.issueStatus, issue.status.rawValue),
            (.issueCount, String(issue.count)), (.issueFirstSeen, issue.firstSeen.formatted(.iso8601)),
            (.issueLastSeen, issue.lastSeen.formatted(.iso8601)), (.issueProject, issue.project.slug),
        ]
    }

    private static func values(of event: Event?) -> [(Name, String?)] {
        guard let event else { return [] }
        let exception = event.exceptions.last
        // Where the team's own code failed; GlitchTip often marks no frame as its own.
        let frames = event.exceptions.last { !$0.frames.isEmpty }?.frames ?? []
        let frame = frames.last { $0.isInApp == true } ?? frames.last
        return [
            (.eventID, event.id), (.eventRelease, event.release), (.eventEnvironment, event.environment),
            (.eventTransaction, event.transaction), (.eventMessage, event.message), (.eventPlatform, event.platform),
            (.exceptionType, exception?.type), (.exceptionValue, exception?.value), (.framePath, frame?.filename),
            (.frameLine, frame?.line.map(String.init)), (.frameFunction, frame?.function),
            (.frameModule, frame?.module),
        ]
    }
}

extension Filling.Place {
    /// The value as it can stand here; nil when it cannot.
    fileprivate func fit(_ value: String) -> String? {
        switch self {
        case .text: value
        case .code: value.isOneWordForAnyShell ? value : nil
        case .address: value.addingPercentEncoding
        }
    }
}

extension String {
    /// Quotes would not do: the runbook may have put the placeholder into quotes of its own.
    fileprivate var isOneWordForAnyShell: Bool {
        guard utf8.count <= 120, !hasPrefix("-"), !contains("..") else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "._-/:@%+,".utf8.contains(byte)
            }
        }
    }

    /// Only letters, digits and `-._~` stay, so that a value is one part of an address and no more.
    fileprivate var addingPercentEncoding: String {
        utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
