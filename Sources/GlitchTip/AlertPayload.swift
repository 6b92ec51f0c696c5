import Domain
import FoundationEssentials

/// What a webhook of GlitchTip says: a hint that something happened. What it is, the API knows.
///
/// GlitchTip signs nothing and its words are written by strangers. All three of its forms are read: generic, Discord
/// and Google Chat.
package enum AlertPayload: Sendable, Hashable {
    /// `total` issues; GlitchTip names no more than three of them.
    case issues(total: Int, named: [NamedIssue])
    case down(monitor: Int, name: String)
    case up(monitor: Int, name: String)
    /// Somebody pressed "test" in a project that has no issue yet; in others GlitchTip 6 alerts the newest issue.
    case test
    case unknown

    package struct NamedIssue: Sendable, Hashable {
        package let id: Issue.ID
        /// Nil from GlitchTip 6, and in Discord's form.
        package let shortID: String?
        /// Cut at 100 characters, not escaped.
        package let title: String
        /// Told by a colour only: `.error` may be fatal. Nil for a warning in GlitchTip 5, and for debug.
        package let level: Issue.Level?
        /// Its name, not its slug.
        package let project: String?
        /// One value of the issue's tag, not necessarily the newest; so are release and server.
        package let environment: String?
        package let release: String?
        package let server: String?

        package init(
            id: Issue.ID, shortID: String? = nil, title: String, level: Issue.Level? = nil, project: String? = nil,
            environment: String? = nil, release: String? = nil, server: String? = nil
        ) {
            self.id = id
            self.shortID = shortID
            self.title = title
            self.level = level
            self.project = project
            self.environment = environment
            self.release = release
            self.server = server
        }
    }

    /// Throws only for what is not JSON.
    package static func decode(_ body: [UInt8]) throws -> AlertPayload {
        do {
            return AlertPayload(try JSONDecoder().decode(WireAlert.self, from: Data(body)))
        } catch {
            throw GlitchTipError.malformed("a webhook")
        }
    }

    private init(_ wire: WireAlert) {
        let named = wire.items.compactMap(NamedIssue.init)
        if let first = wire.items.first, let monitor = number(after: "uptime-monitors", in: first.link) {
            self = Self.uptime(monitor, first)
        } else if wire.headline == "GlitchTip Test Notification" {
            self = .test
        } else if !named.isEmpty || wire.headline.hasPrefix("GlitchTip Alert") {
            let total = max(Self.statedTotal(wire.headline) ?? 0, wire.items.count)
            self = total > 0 ? .issues(total: total, named: named) : .unknown
        } else {
            self = .unknown
        }
    }

    /// Nothing but the sentence tells up from down.
    private static func uptime(_ monitor: Int, _ item: WireAlert.Item) -> AlertPayload {
        if item.text.hasSuffix("has gone down.") { return .down(monitor: monitor, name: item.title) }
        if item.text.hasSuffix("is back up.") { return .up(monitor: monitor, name: item.title) }
        return .unknown
    }

    /// 5 of `GlitchTip Alert (5 issues)`.
    private static func statedTotal(_ headline: String) -> Int? {
        guard headline.hasSuffix(" issues)"), let open = headline.lastIndex(of: "(") else { return nil }
        return Int(headline[headline.index(after: open)...].prefix { $0 != " " })
    }
}

extension AlertPayload.NamedIssue {
    fileprivate init?(_ item: WireAlert.Item) {
        guard let number = number(after: "issues", in: item.link) else { return nil }
        self.init(
            id: Issue.ID(number), shortID: item.shortID, title: item.title, level: Self.level(item.color),
            project: item.field("project"), environment: item.field("environment"), release: item.field("release"),
            server: item.field("server name"))
    }

    /// Hexadecimal, or decimal in Discord's form.
    private static func level(_ color: String) -> Issue.Level? {
        switch color {
        case "#e52b50", "15018832": .error
        case "#e9b949", "15317321": .warning
        case "#4b60b4", "4939956": .info
        default: nil
        }
    }
}

/// 42 of `https://glitchtip.example.com/acme/issues/42`: webhooks have no field for it.
private func number(after marker: String, in link: String) -> Int? {
    let path = link.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard let last = path.last, path.dropLast().last == marker[...] else { return nil }
    return Issue.ID(text: last)?.number
}
