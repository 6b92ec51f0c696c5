import Domain
import FoundationEssentials

/// How events come in.
extension StandInGlitchTip {
    /// It happens again: the newest event once more, or this one. A resolved issue comes back; an ignored one does not.
    package func addEvent(to id: Issue.ID, _ event: Event? = nil, at date: Date? = nil) {
        guard let issue = issues[id.number] else { return }
        let date = date ?? now()
        if let event {
            record(event, on: id.number)
        } else if let last = issue.events.last {
            let number = Self.eventID(id.number, issue.count + 1)
            let body = last.body.merging([
                "id": .string(number), "eventID": .string(number), "dateCreated": WireTime.text(date),
                "dateReceived": WireTime.text(date),
            ])
            store(StoredEvent(id: number, received: date, body: body), on: id.number)
        }
        if issues[id.number]?.status == .resolved { issues[id.number]?.status = .unresolved }
    }

    /// It happens again, as an endless recursion: 999 frames with their variables, which is 1.8 MB to read.
    package func addHugeEvent(to id: Issue.ID) {
        let number = Self.eventID(id.number, (issues[id.number]?.count ?? 0) + 1)
        let event = Event(
            id: number, date: now(), title: "RecursionError: maximum recursion depth exceeded", platform: "python",
            exceptions: [Exception(type: "RecursionError", value: "maximum recursion depth exceeded")])
        guard let project = issues[id.number]?.project else { return }
        let context: JSON = .array(
            (38...48).map { [.int($0), .string("        value = walk(node.next, depth + 1)  # \($0)")] })
        let variables = (0..<8).map { ("argument_\($0)", JSON.string(String(repeating: "x", count: 120))) }
        let frame: JSON = [
            "filename": "billing/tree.py", "absPath": "/srv/billing/billing/tree.py", "function": "walk",
            "module": "billing.tree", "lineNo": 43, "inApp": true, "context_line": "        value = walk(node.next)",
            "context": context, "vars": .object(Dictionary(variables) { first, _ in first }),
        ]
        let exception: JSON = [
            "type": "RecursionError", "value": "maximum recursion depth exceeded",
            "stacktrace": ["frames": .array(Array(repeating: frame, count: 999))],
        ]
        let entry: JSON = ["type": "exception", "data": ["values": [exception], "hasSystemFrames": false]]
        let body = event.wire(issue: id.number, project: project, received: now()).merging(["entries": [entry]])
        store(StoredEvent(id: number, received: now(), body: body), on: id.number)
    }

    /// An id as SDKs make them, the same for the same issue and number.
    static func eventID(_ issue: Int, _ number: Int) -> String {
        var state = UInt64(truncatingIfNeeded: issue &* 1_000_003 &+ number)
        return (0..<4).map { _ -> String in
            // SplitMix64
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            let digits = String(UInt32(truncatingIfNeeded: mixed ^ (mixed >> 31)), radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// A title has one line of a hundred characters.
    static func cut(_ title: String) -> String {
        let line = title.prefix { !$0.isNewline }
        return line.count > 100 ? line.prefix(99) + "…" : String(line)
    }

    func project(_ slug: String) -> Project {
        if let known = projects.first(where: { $0.slug == slug }) { return known }
        let new = Project(
            id: (projects.map(\.id).max() ?? 0) + 1, slug: slug,
            name: slug.split(separator: "-").map(\.capitalized).joined(separator: " "))
        projects.append(new)
        return new
    }

    func record(_ event: Event, on id: Int) {
        guard let issue = issues[id] else { return }
        let date = event.date ?? now()
        store(
            StoredEvent(
                id: event.id, received: date, body: event.wire(issue: id, project: issue.project, received: date)),
            on: id)
    }

    func store(_ event: StoredEvent, on id: Int) {
        guard var issue = issues[id] else { return }
        issue.events.append(event)
        issue.count(1, at: event.received)
        issue.lastSeen = max(issue.lastSeen, event.received)
        issue.firstSeen = min(issue.firstSeen, event.received)
        issue.type = event.body["type"]?.string ?? "error"
        issue.title = event.body["title"]?.string ?? "<untitled>"
        issue.metadata = issue.type == "default" ? [:] : event.body["metadata"] ?? [:]
        issues[id] = issue
        if let release = event.tags.first(where: { $0.key == "release" })?.value,
            !releases.contains(where: { $0.version == release })
        {
            releases.append(StoredRelease(version: release, project: issue.project.id, created: event.received))
        }
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
