import Domain
import FoundationEssentials
import GlitchTip
import Storage

/// GlitchTip does not answer.
extension Watch {
    func noteAbsence(_ error: GlitchTipError) async throws {
        log.info("the list of issues cannot be read", metadata: ["error": "\(describe(error))"])
        let date = now()
        try await desk.entry { entry in
            let before = try entry.book.setting(WatchSetting.away).flatMap { Absence(text: $0) }
            let absence = before ?? Absence(since: date, isSaid: false)
            guard !absence.isSaid else { return }
            let isLong = date.timeIntervalSince(absence.since) >= Absence.patience
            try entry.book.set(Absence(since: absence.since, isSaid: isLong).text, for: WatchSetting.away)
            guard isLong else { return }
            try entry.tell(
                """
                🔌 <b>I cannot read GlitchTip</b> since \(moment(absence.since, entry.rules.zone)): \(error.explanation)
                I keep trying, and tell what happened meanwhile when it is back.
                """, absence.key)
        }
    }
}

/// Since when GlitchTip does not answer, and whether the chat knows.
struct Absence {
    /// Shorter ones nobody needs to know of.
    static let patience: Double = 180

    let since: Date
    let isSaid: Bool

    init(since: Date, isSaid: Bool) {
        self.since = since
        self.isSaid = isSaid
    }

    init?(text: String) {
        let parts = text.split(separator: " ")
        guard let seconds = parts.first.flatMap({ Double($0) }) else { return nil }
        self.init(since: Date(timeIntervalSince1970: seconds), isSaid: parts.count > 1)
    }

    var text: String { "\(since.timeIntervalSince1970)\(isSaid ? " said" : "")" }
    var key: String { "glitchtip:away:\(Int(since.timeIntervalSince1970))" }
}
