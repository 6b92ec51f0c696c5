import Chance
import Domain
import FoundationEssentials
import GlitchTip
import Investigation

/// One input, made from its number alone: what a stranger sent, and all that an investigation could say of it.
package struct HostileCase: Sendable {
    package let exceptions: [Domain.Exception]
    package let finding: Finding

    package init(_ number: Int, of corpus: Corpus) async {
        var mutation = Mutation(corpus: corpus, dice: Dice(seed: UInt64(number)))
        let text = mutation.text()
        exceptions = TraceParser.exceptions(in: text)
        // One that is no event any more is refused where it is read.
        let recorded = mutation.dice.roll(3) == 0 ? mutation.document().flatMap { try? EventDocument.decode($0) } : nil
        let event = recorded ?? Self.event(text, exceptions, &mutation)
        var finding = await Self.investigate(event, text, &mutation)
        (finding.shortID, finding.project) = ("SHOP-2", "shop")
        if let found = try? Found(text, event, &mutation).decoded() { found.go(into: &finding) }
        let sha = finding.suspects.first?.sha ?? ""
        finding = finding.taught(
            Lesson(
                culprit: mutation.dice.roll(4) == 0 ? Self.taught(text, &mutation) : nil,
                answers: [.init(sha: sha, person: "Bob \(mutation.slice(of: text))", isRight: false)]))
        finding.forge = mutation.dice.roll(2) == 0 ? Forge(remote: Self.origin) : nil
        self.finding = finding
    }

    /// All that it says, for whoever looks for the reason of a trouble.
    package var said: String {
        [finding.html().markup, finding.text(), finding.markdown(for: "Ada")].joined(separator: "\n\n==\n\n")
    }

    static let origin = "https://github.com/acme/shop.git"
    static let sha = String(repeating: "a", count: 40)
    static let day = Date(timeIntervalSince1970: 1_700_000_000)

    private static func event(
        _ text: String, _ exceptions: [Domain.Exception], _ mutation: inout Mutation
    ) -> Event {
        Event(
            id: "e", title: mutation.slice(of: text), message: text, exceptions: exceptions,
            breadcrumbs: [.init(category: mutation.slice(of: text), message: mutation.slice(of: text))],
            request: .init(
                method: mutation.slice(of: text), url: "https://shop.example/" + mutation.slice(of: text),
                query: [Domain.Tag(key: mutation.slice(of: text), value: "1")]),
            tags: ["release", "environment", "server_name"].map {
                Domain.Tag(key: $0, value: mutation.slice(of: text))
            })
    }

    private static func investigate(_ event: Event, _ text: String, _ mutation: inout Mutation) async -> Finding {
        let culprit = taught(text, &mutation)
        let other = Domain.Issue(
            id: Domain.Issue.ID(1), shortID: "SHOP-1", title: mutation.slice(of: text), level: .error,
            status: mutation.dice.roll(2) == 0 ? .resolved : .unresolved,
            project: Domain.Project(id: 1, slug: "shop", name: "shop"), count: 1, firstSeen: day, lastSeen: day)
        let ending = Finding.Ending(
            date: day, person: "Bob \(mutation.slice(of: text))", culprit: culprit,
            runbooks: [mutation.slice(of: text)], lastComment: mutation.slice(of: text))
        let candidate = Candidate(issue: other, event: event, ending: ending)
        return await Investigator().investigate(
            event, issue: nil, in: [], at: .ofRelease(nil), seen: FrameStatistics(), similar: { [candidate] },
            progress: { _ in })
    }

    private static func taught(_ text: String, _ mutation: inout Mutation) -> Finding.TaughtCommit {
        .init(
            sha: sha, author: mutation.slice(of: text), date: day, subject: mutation.slice(of: text),
            person: mutation.slice(of: text))
    }
}

/// What the code would add: names, lines and subjects that somebody hostile has committed. Put in as the cache gives it back.
private struct Found: Encodable {
    let revision: Revision
    let locations: [Location]
    let suspects: [Suspect]
    let laterChanges: [Change]
    let owners: [String]
    let notes: [String]
    let handover: Handover

    struct Revision: Encodable {
        let sha: String
        let choice: String
    }

    struct Location: Encodable {
        let path: String
        let line: Int?
        let function: String?
        let code: [Line]
        let moved: String?
    }

    struct Line: Encodable {
        let number: Int
        let text: String
        let isFailing: Bool
    }

    struct Suspect: Encodable {
        let sha: String
        let author: String
        let date: Date
        let subject: String
        let score: Double
        let isLikely: Bool
        let reasons: [String]
    }

    struct Change: Encodable {
        let path: String
        let line: Int
        let sha: String
        let date: Date
        let subject: String
        let tag: String?
    }

    struct Handover: Encodable {
        let names: [String]
        let function: String?
        let path: String
        let line: Int?
    }

    init(_ text: String, _ event: Event, _ mutation: inout Mutation) {
        // Paths and code have one line, whatever is in it.
        func line() -> String {
            String(decoding: mutation.slice(of: text).utf8.prefix(500).prefix { $0 != 0x0A }, as: UTF8.self)
        }
        revision = Revision(sha: HostileCase.sha, choice: line())
        locations = event.exceptions.flatMap(\.frames).prefix(3).map { frame in
            Location(
                path: "src/\(line())", line: frame.line, function: frame.function,
                code: [Line(number: frame.line ?? 1, text: line(), isFailing: true)], moved: nil)
        }
        suspects = (0...mutation.dice.roll(3)).map { rank in
            Suspect(
                sha: HostileCase.sha, author: line(), date: HostileCase.day, subject: line(), score: 1,
                isLikely: rank == 0, reasons: [line()])
        }
        laterChanges =
            mutation.dice.roll(3) == 0
            ? [
                Change(
                    path: "src/\(line())", line: 3, sha: HostileCase.sha, date: HostileCase.day, subject: line(),
                    tag: line())
            ] : []
        owners = [line()]
        notes = ["No code: `\(line().replacing("`", with: "'"))` is \(line())."]
        handover = Handover(
            names: [line(), line()], function: mutation.dice.roll(2) == 0 ? line() : nil, path: "src/\(line())",
            line: mutation.dice.roll(2) == 0 ? 7 : nil)
    }

    struct Decoded: Decodable {
        let revision: Finding.ReadRevision
        let locations: [Finding.Location]
        let suspects: [Finding.Suspect]
        let laterChanges: [Finding.LaterChange]
        let owners: [String]
        let notes: [String]
        let handover: Finding.Handover

        func go(into finding: inout Finding) {
            finding.revision = revision
            finding.locations = locations
            finding.suspects = suspects
            finding.laterChanges = laterChanges
            finding.owners = owners
            finding.notes = notes
            finding.handover = handover
        }
    }

    func decoded() throws -> Decoded { try JSONDecoder().decode(Decoded.self, from: JSONEncoder().encode(self)) }
}
