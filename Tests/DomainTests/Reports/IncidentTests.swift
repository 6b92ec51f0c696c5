import Domain
import FoundationEssentials
import Testing

private typealias Issue = Domain.Issue

/// How an episode becomes what a report counts with.
@Suite struct IncidentTests {
    private static func episode(_ cause: Episode.Cause = .new) -> Episode {
        var episode = Episode(
            number: 1, cause: cause, openedAt: .noon, subject: .sample(), asOf: .noon)
        episode.announcement = .message(Place(Destination(chat: -1)))
        episode.announcedAt = .noon
        return episode
    }

    @Test func `takes the first of each act, however often it is done again`() throws {
        var episode = Self.episode()
        episode.note(.other, at: .noon.plus(60))
        episode.note(.investigated, at: .noon.plus(120))
        episode.note(.commented, at: .noon.plus(180))
        episode.note(.investigated, at: .noon.plus(900))
        episode.note(.commented, at: .noon.plus(900))
        episode = episode.setting(.sample(status: .resolved), by: "Ada", at: Asked.noon.plus(600))
        let incident = try #require(Incident(episode))
        #expect(incident.toFirstAct == 60)
        #expect(incident.toFinding == 120)
        #expect(incident.triage == 60)
        #expect(incident.commentedAt == .noon.plus(180))
        #expect(incident.toResolved == 600)
    }

    @Test func `an issue that is resolved without a word was acted on then`() throws {
        let episode = Self.episode().setting(.sample(status: .resolved), by: "Ada", at: Asked.noon.plus(600))
        #expect(try #require(Incident(episode)).toFirstAct == 600)
    }

    @Test func `an ignored one was acted on and never resolved, a deleted one neither`() throws {
        let ignored = Self.episode().setting(.sample(status: .ignored), by: "Ada", at: Asked.noon.plus(600))
        #expect(try #require(Incident(ignored)).toFirstAct == 600)
        #expect(try #require(Incident(ignored)).resolvedAt == nil)
        let deleted = Self.episode().deleted(at: Asked.noon.plus(600))
        #expect(try #require(Incident(deleted)).firstActAt == nil)
    }

    @Test func `what an older program wrote counts by what it has`() throws {
        var episode = Self.episode()
        episode.taken = Episode.Touch(by: "Ada", at: .noon.plus(300))
        episode.investigated = Episode.Touch(by: "Ada", at: .noon.plus(200))
        let incident = try #require(Incident(episode))
        #expect(incident.toFirstAct == 200)
        #expect(incident.toFinding == 200)
    }

    @Test(arguments: [Episode.Announcement.none, .nowhere, .held(silence: 1)])
    func `what the chat was not told of is none`(announcement: Episode.Announcement) {
        var episode = Self.episode()
        episode.announcement = announcement
        #expect(Incident(episode) == nil)
    }

    @Test func `what was there before we began to watch is none`() {
        #expect(Incident(Self.episode(.known)) == nil)
    }

    @Test(
        arguments: [
            // first act, investigated, commented, resolved; unaided: all in minutes
            (1.0, nil, nil, 31.0, 30.0), (1, nil, 11, 31, 10), (1, nil, nil, nil, nil), (nil, nil, nil, nil, nil),
            // Investigated here before the end: not by themselves.
            (1, 5, nil, 31, nil), (1, 40, nil, 31, 30),
            // Resolved at once: nobody needed any time.
            (31, nil, nil, 31, nil),
        ] as [(Double?, Double?, Double?, Double?, Double?)])
    func `says how long people needed by themselves`(
        act: Double?, finding: Double?, comment: Double?, resolved: Double?, unaided: Double?
    ) {
        func date(_ minutes: Double?) -> Date? { minutes.map { .noon.plus($0 * 60) } }
        let incident = Incident(
            issue: Issue.ID(1), title: "", project: "shop-web", openedAt: .noon, firstActAt: date(act),
            investigatedAt: date(finding), commentedAt: date(comment), resolvedAt: date(resolved))
        #expect(incident.unaided == unaided.map { $0 * 60 })
    }
}
