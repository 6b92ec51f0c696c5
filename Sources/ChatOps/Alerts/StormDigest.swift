import Domain
import FoundationEssentials
import Storage

/// The one message of a storm, edited as it grows.
struct StormDigest {
    private static let mostGroups = 10

    let storm: StoredStorm
    let groups: [StormGroup]
    let zone: Zone

    static func key(_ number: Int) -> String { "storm:\(number)" }

    var posting: Posting {
        Posting(text, keyboard: [[Button("List them", callbackData: "/alerts storm \(storm.number)")]])
    }

    private var issues: Int { groups.reduce(0) { $0 + $1.issues } }

    private var text: HTML {
        var lines: [HTML] = [headline]
        let shown = groups.prefix(Self.mostGroups)
        lines += shown.map { group in
            "\(group.project) · <b>\(Scrubber.scrub(group.kind).cut(to: 80))</b> · "
                + "\(tally(issues: group.issues, events: group.events))"
        }
        let rest = issues - shown.reduce(0) { $0 + $1.issues }
        if rest > 0 { lines.append("\(rest) more") }
        if let closedAt = storm.closedAt, storm.cause == .rush {
            let minutes = max(1, Int(storm.joinedAt.timeIntervalSince(storm.openedAt) / 60))
            lines.append("It is calm again, \(moment(closedAt, zone)). It took \(minutes) min.")
        }
        return lines.joined(by: "\n")
    }

    private var headline: HTML {
        let count = issues == 1 ? "1 issue" : "\(issues) issues"
        switch storm.cause {
        case .rush: return "🌩 Storm · <b>\(count)</b> beside those above, since \(moment(storm.openedAt, zone))"
        case .outage: return "🌩 While GlitchTip was away · <b>\(count)</b>"
        case .silence: return "🔔 Held back by a mute · <b>\(count)</b>"
        }
    }
}
