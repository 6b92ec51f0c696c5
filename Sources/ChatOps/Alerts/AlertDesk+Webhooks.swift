import Domain
import FoundationEssentials
import GlitchTip
import Storage

/// What GlitchTip tells by itself.
extension AlertDesk {
    /// After so many tries an alert is put aside: one that kills the process must not do so for ever.
    private static let mostAttempts = 5

    /// Handles one webhook's body and takes it off the ledger's list. Throws when the ledger fails, or when cancelled: then
    /// it stays on the list, and nothing that was said is said again.
    func handle(_ alert: AlertEntry) async throws {
        guard alert.attempts <= Self.mostAttempts else {
            log.error("an alert was tried too often; it is put aside", metadata: ["alert": "\(alert.id)"])
            try await entry { entry in
                try entry.tell(
                    """
                    <b>I broke over an alert \(Self.mostAttempts) times and put it aside.</b> New issues I find in GlitchTip's \
                    list all the same. For the admins: the log has it as alert \(alert.id).
                    """, "alert:\(alert.id)")
            }
            return try await ledger.finishAlert(alert.id, saying: [], at: now())
        }
        switch try? AlertPayload.decode(alert.payload) {
        case .issues(let total, let named):
            try await announce(named, receivedAt: alert.receivedAt)
            // GlitchTip names three at most; the list has the others.
            if named.count < total { await watchBell.ring() }
        case .down(let monitor, let name): try await entry { try $0.down(monitor, name, at: alert.receivedAt) }
        case .up(let monitor, let name): try await entry { try $0.up(monitor, name, at: alert.receivedAt) }
        case .test:
            try await entry { try $0.tell("A test alert came in: GlitchTip's webhooks reach me.", "alert:\(alert.id)") }
        case .unknown, nil: try await showUnknown(alert)
        }
        try await ledger.finishAlert(alert.id, saying: [], at: now())
    }

    private func announce(_ named: [AlertPayload.NamedIssue], receivedAt date: Date) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for issue in named {
                group.addTask { try await announce(issue.sighting(at: date)) }
            }
            try await group.waitForAll()
        }
    }

    /// Shown once for each shape, whatever the values: a monitoring service that sends here by mistake sends for ever.
    private func showUnknown(_ alert: AlertEntry) async throws {
        let text = String(decoding: alert.payload.prefix(4000), as: UTF8.self)
        let shape = String(Fingerprint.shape(of: alert.payload), radix: 36)
        log.warning("a webhook was not understood", metadata: ["alert": "\(alert.id)", "shape": "\(shape)"])
        try await entry { entry in
            guard try entry.book.once("unknown-alert:\(shape)", at: entry.now) else { return }
            try entry.tell(
                """
                <b>I got something I do not understand</b> at my webhook. For the admins: is it meant for me? I show its kind \
                only this once.
                \(HTML.folded(HTML.code(Scrubber.scrub(text).cut(to: 1500))))
                """, "unknown-alert:\(shape)")
        }
    }
}

extension AlertPayload.NamedIssue {
    /// What a webhook tells, as if it were an issue.
    func sighting(at date: Date) -> Sighting {
        // Anybody may have sent it, and at any length.
        let name = project?.cut(to: 80) ?? "?"
        // As GlitchTip makes slugs of names, unless somebody chose another.
        let slug = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: "-")
        let issue = Issue(
            id: id, shortID: shortID?.cut(to: 80) ?? "#\(id)", title: title.cut(to: 200), level: level ?? .warning,
            status: .unresolved, project: Project(id: 0, slug: slug, name: name), count: 1, firstSeen: date,
            lastSeen: date)
        return Sighting(
            issue, isBare: true, asOf: Asked(turn: 0, date: date), isAlert: true,
            details: Details(environment: environment?.cut(to: 200), release: release?.cut(to: 200)))
    }
}

/// Tells one shape of JSON from another.
enum Fingerprint {
    /// FNV-1a over the quoted names that stand before a colon: values differ each time, names do not. Of what has none, over
    /// its first bytes.
    static func shape(of body: [UInt8]) -> UInt64 {
        var names: [[UInt8]] = []
        let parts = body.prefix(100_000).split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated().dropFirst() where index % 2 == 0 {
            guard part.first(where: { $0 > 0x20 }) == UInt8(ascii: ":") else { continue }
            names.append(Array(parts[index - 1].prefix(60)))
        }
        let text = names.isEmpty ? Array(body.prefix(40)) : Array(Set(names).sorted(by: before).joined(separator: [0]))
        return text.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func before(_ left: [UInt8], _ right: [UInt8]) -> Bool { left.lexicographicallyPrecedes(right) }
}
