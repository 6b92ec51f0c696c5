import Domain
import FoundationEssentials
import GlitchTip
import Storage

/// The first look with this ledger.
extension Watch {
    /// Old ones are only remembered; more than that would keep a first start waiting for minutes.
    private static let mostOldPages = 50

    /// When somebody first began to watch with this ledger: what is older is not announced.
    func began(at date: Date) async throws -> Date {
        try await ledger.entry { book in
            if let began = try book.date(WatchSetting.began) { return began }
            try book.set(String(date.timeIntervalSince1970), for: WatchSetting.began)
            return date
        }
    }

    /// Remembers what is there, and announces only what came since the start.
    func firstLook(_ began: Date, _ start: Asked) async throws {
        let background = DeskEntry.Background(oldBefore: began)
        var newest: Double?
        var known: Set<Issue.ID> = []
        var cursor: Cursor?
        for _ in 0..<Self.mostOldPages {
            let page = try await glitchtip.issues(IssueFilter(), limit: Self.pageSize, after: cursor)
            newest = newest ?? page.items.first?.lastSeen.timeIntervalSince1970
            let new = page.items.filter { known.insert($0.id).inserted }
            try await take(new.map { Sighting($0, asOf: start) }, background)
            cursor = page.next
            if new.isEmpty || cursor == nil { break }
        }
        let open = try await glitchtip.issues(IssueFilter(status: .unresolved), limit: 1).hits ?? 0
        try await desk.entry { entry in try entry.tell(Self.greeting(open), "watch:began") }
        try await finish(mark: newest ?? start.date.timeIntervalSince1970, away: nil, at: start.date)
    }

    private static func greeting(_ open: Int) -> HTML {
        // GlitchTip counts no further than 1,000.
        let count = open >= 1000 ? "1,000 or more issues are" : open == 1 ? "1 issue is" : "\(open) issues are"
        let watching: HTML = "👀 I am watching GlitchTip from now on."
        guard open > 0 else { return "\(watching) Nothing is unresolved there." }
        return "\(watching) \(count) unresolved; of those I say nothing until there is news. /errors lists them."
    }
}
