import Domain
import FoundationEssentials
import Storage

extension Silence {
    /// `until 18:00, by Ada`
    package func words(_ zone: Zone, now: Date) -> HTML { "\(end.words(zone, now: now)), by \(by)" }
}

extension Silence.Target {
    /// `issue 42`, `shop-web`, `“timeout”`
    package var words: String {
        switch self {
        case .issue(let id): "issue \(id)"
        case .project(let slug): slug
        case .words(let words): "“\(Scrubber.scrub(words).cut(to: 60))”"
        }
    }
}

extension Silence.End {
    package func words(_ zone: Zone, now: Date) -> HTML {
        switch self {
        case .date(let date): "until \(due(date, zone, now: now))"
        case .events(let count): count == 1 ? "until 1 more event" : "until \(count) more events"
        }
    }
}

/// `3 issues, 412 events`
func tally(issues: Int, events: Int) -> String {
    "\(issues == 1 ? "1 issue" : "\(issues) issues"), \(events == 1 ? "1 event" : "\(events) events")"
}
