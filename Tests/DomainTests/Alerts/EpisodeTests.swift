import FoundationEssentials
import Testing

@testable import Domain

/// What a sighting makes of what we knew.
@Suite struct EpisodeTests {
    private typealias Issue = Domain.Issue

    private static func open(_ count: Int = 5) -> Episode {
        Episode.first(Sighting(.sample(count: count), asOf: .noon), isOld: false, at: .noon).0
    }

    private static func resolved(_ count: Int = 5) -> Episode {
        open(count).setting(.sample(status: .resolved, count: count), by: "Ada", at: .noon.plus(60))
    }

    private static func seen(
        _ count: Int = 5, _ status: Issue.Status = .unresolved, after seconds: Double = 120, isAlert: Bool = false,
        comments: Int = 0
    ) -> Sighting {
        Sighting(
            .sample(status: status, count: count, comments: comments), asOf: .noon.plus(seconds), isAlert: isAlert)
    }

    private static func told() -> Episode {
        var episode = open()
        episode.announcement = .message(Place(Destination(chat: -1)))
        return episode
    }

    @Test func `what is new is an episode, the first`() {
        let (episode, news) = Episode.first(Self.seen(), isOld: false, at: .noon.plus(121))
        #expect(news == .opened)
        #expect(episode.cause == .new)
        #expect(episode.openedAt == .noon.plus(121))
        #expect(episode.key == "alert:issue:42:episode:1")
    }

    @Test(arguments: [
        (true, false, Domain.Issue.Status.unresolved, false), (true, true, .unresolved, true),
        (false, false, .ignored, false),
        (false, true, .ignored, false), (false, false, .resolved, true), (true, false, .resolved, false),
    ])
    func `what was there before, and what is ignored, is only known`(
        isOld: Bool, isAlert: Bool, status: Domain.Issue.Status, isNew: Bool
    ) {
        let sighting = Self.seen(status: status, isAlert: isAlert)
        let (episode, _) = Episode.first(sighting, isOld: isOld, at: .noon)
        #expect((episode.cause == .new) == isNew)
        #expect(episode.isOpen == (status == .unresolved))
    }

    private static func seen(status: Issue.Status, isAlert: Bool) -> Sighting { seen(5, status, isAlert: isAlert) }

    @Test func `the same again is nothing`() {
        let (episode, news) = Self.open().seeing(Self.seen(), at: .noon.plus(121))
        #expect(news == .nothing)
        #expect(episode.subject == Self.open().subject)
    }

    @Test func `more of it is counted`() {
        let (episode, news) = Self.open(5).seeing(Self.seen(9), at: .noon.plus(121))
        #expect(news == .counted(4))
        #expect(episode.subject.count == 9)
    }

    @Test(arguments: [true, false])
    func `a webhook for what was said is nothing`(isBare: Bool) {
        let sighting = Sighting(.sample(count: 1), isBare: isBare, asOf: .noon.plus(1), isAlert: true)
        #expect(Self.told().seeing(sighting, at: .noon.plus(2)).1 == .nothing)
    }

    @Test func `a webhook for what we knew and had not said deserves a message`() {
        let known = Episode.first(Self.seen(after: 0), isOld: true, at: .noon).0
        let bare = Sighting(.sample(count: 1), isBare: true, asOf: .noon.plus(1), isAlert: true)
        #expect(known.seeing(bare, at: .noon.plus(2)).1 == .alerted)
        #expect(known.seeing(bare, at: .noon.plus(2)).0.subject.count == 5)
        #expect(known.seeing(Self.seen(isAlert: true), at: .noon.plus(2)).1 == .alerted)
        #expect(known.seeing(Self.seen(), at: .noon.plus(2)).1 == .nothing)
    }

    @Test func `what the list says fills what a webhook left open`() {
        let bare = Episode.first(
            Sighting(
                .sample(count: 1), isBare: true, asOf: .noon, isAlert: true, details: Details(environment: "staging")),
            isOld: false, at: .noon
        ).0
        let (episode, news) = bare.seeing(Self.seen(700), at: .noon.plus(121))
        #expect(news == .changed)
        #expect(!episode.isBare)
        #expect(episode.subject.count == 700)
        #expect(episode.details?.environment == "staging")
    }

    @Test(arguments: [(Domain.Issue.Status.resolved, Episode.Closing.How.resolved), (.ignored, .ignored)])
    func `what was closed in GlitchTip is closed by nobody we know`(
        status: Domain.Issue.Status, how: Episode.Closing.How
    ) {
        let (episode, news) = Self.open().seeing(Self.seen(5, status), at: .noon.plus(121))
        #expect(news == .changed)
        #expect(episode.closing == .init(how: how, touch: .init(by: nil, at: .noon.plus(120)), release: nil, count: 5))
    }

    @Test func `an answer to an older question changes nothing`() {
        let (episode, news) = Self.resolved().seeing(Self.seen(5, after: 30), at: .noon.plus(61))
        #expect(news == .nothing)
        #expect(!episode.isOpen)
    }

    @Test func `it regressed when there are more events than at its end`() {
        let (episode, news) = Self.resolved().seeing(Self.seen(6), at: .noon.plus(121))
        #expect(news == .opened)
        #expect(episode.number == 2)
        #expect(episode.key == "alert:issue:42:episode:2")
        guard case .regressed(let closing) = episode.cause else {
            Testing.Issue.record("not a regression")
            return
        }
        #expect(closing.touch.by == "Ada")
        #expect(closing.count == 5)
    }

    @Test func `it regressed too when it was resolved again before anybody looked`() {
        let (episode, news) = Self.resolved().seeing(Self.seen(6, .resolved), at: .noon.plus(121))
        #expect(news == .opened)
        #expect(episode.number == 2)
        #expect(episode.closing?.touch == .init(by: nil, at: .noon.plus(120)))
        #expect(Self.resolved().seeing(Self.seen(5, .resolved), at: .noon.plus(121)).1 == .nothing)
    }

    @Test func `it was opened again when there are not`() {
        let (episode, news) = Self.resolved().seeing(Self.seen(5), at: .noon.plus(121))
        #expect(news == .changed)
        #expect(episode.number == 1)
        #expect(episode.isOpen)
        #expect(episode.reopened == .init(by: nil, at: .noon.plus(120)))
    }

    @Test func `an ignored issue that is opened again is the same episode`() {
        let ignored = Self.open().setting(.sample(status: .ignored, count: 5), by: "Ada", at: .noon.plus(60))
        let (episode, news) = ignored.seeing(Self.seen(90), at: .noon.plus(121))
        #expect(news == .changed)
        #expect(episode.number == 1)
        #expect(episode.isOpen)
    }

    @Test func `a late webhook for what was resolved waits for the list`() {
        let bare = Sighting(.sample(count: 1), isBare: true, asOf: .noon.plus(61), isAlert: true)
        #expect(Self.resolved().seeing(bare, at: .noon.plus(62)).1 == .nothing)
    }

    @Test func `comments and details change the message`() {
        #expect(Self.open().seeing(Self.seen(comments: 1), at: .noon).1 == .changed)
        let details = Details(environment: "production", isRead: true)
        let sighting = Sighting(.sample(count: 5), asOf: .noon.plus(1), details: details)
        let (episode, news) = Self.open().seeing(sighting, at: .noon)
        #expect(news == .changed)
        #expect(episode.seeing(sighting, at: .noon).1 == .nothing)
    }

    @Test func `newer details keep what only the older ones had`() {
        var episode = Self.open()
        episode.details = Details(
            environment: "production", release: "a@1", position: "x.js:1", code: ["x"], users: 3, isRead: true)
        let sighting = Sighting(.sample(count: 5), asOf: .noon.plus(1), details: Details(release: "a@2"))
        #expect(
            episode.seeing(sighting, at: .noon).0.details
                == Details(
                    environment: "production", release: "a@2", position: "x.js:1", code: ["x"], users: 3, isRead: true))
    }

    @Test func `opening again in the chat says by whom`() {
        let episode = Self.resolved().setting(.sample(count: 5), by: "Grace", at: .noon.plus(90))
        #expect(episode.isOpen)
        #expect(episode.reopened?.by == "Grace")
        #expect(Self.open().setting(.sample(count: 5), by: "Grace", at: .noon.plus(90)).reopened == nil)
    }

    @Test func `what is gone in GlitchTip, and comes back, goes on`() {
        let gone = Self.open().deleted(at: .noon.plus(60))
        #expect(gone.closing?.how == .deleted)
        #expect(gone.seeing(Self.seen(5), at: .noon.plus(121)).0.isOpen)
    }

    @Test func `survives the ledger`() throws {
        var episode = Self.resolved().seeing(Self.seen(6), at: .noon.plus(121)).0
        episode.details = Details(environment: "p", position: "a\u{0}b", code: ["<x>"])
        episode.announcement = .message(Place(Destination(chat: -1, thread: 3), isSilent: true))
        episode.label = .rare(3)
        episode.surge = Surge(since: .noon, reason: "many")
        #expect(try JSONDecoder().decode(Episode.self, from: JSONEncoder().encode(episode)) == episode)
    }
}

@Suite struct EscalationTests {
    private static func episode(_ level: Domain.Issue.Level = .fatal, told: Bool = true) -> Episode {
        var episode = Episode.first(Sighting(.sample(level: level), asOf: .noon), isOld: false, at: .noon).0
        if told { episode.announcement = .message(Place(Destination(chat: -1))) }
        return episode
    }

    private static func touched(_ touch: (inout Episode) -> Void) -> Episode {
        var episode = episode()
        touch(&episode)
        return episode
    }

    @Test func `a fatal error that nobody touched is due after a time, once`() {
        #expect(!Escalation.standard.isDue(Self.episode(), at: .noon.plus(899)))
        #expect(Escalation.standard.isDue(Self.episode(), at: .noon.plus(900)))
        #expect(!Escalation.standard.isDue(Self.touched { $0.escalatedAt = .noon }, at: .noon.plus(9000)))
        #expect(!Escalation(seconds: nil).isDue(Self.episode(), at: .noon.plus(9000)))
    }

    @Test func `what an older program wrote of a person is read`() throws {
        let touch = try JSONDecoder().decode(Episode.Touch.self, from: Data(#"{"by": "Ada", "at": 0}"#.utf8))
        #expect(touch == Episode.Touch(by: "Ada", at: Date(timeIntervalSinceReferenceDate: 0)))
    }

    @Test func `anything that somebody does is a touch`() {
        let touch = Episode.Touch(by: "Ada", at: .noon)
        let touched = [
            Self.touched { $0.taken = touch }, Self.touched { $0.investigated = touch },
            Self.touched { $0.reopened = touch },
            Self.touched { $0.silence = 1 }, Self.episode().deleted(at: .noon),
        ]
        for episode in touched { #expect(!Escalation.standard.isDue(episode, at: .noon.plus(9000))) }
        #expect(!Escalation.standard.isDue(Self.episode(.error), at: .noon.plus(9000)))
        #expect(!Escalation.standard.isDue(Self.episode(told: false), at: .noon.plus(9000)))
    }

    @Test(arguments: [("15m", 900.0), ("1h", 3600), ("off", nil)])
    func `is written as a time, or off`(text: String, seconds: Double?) {
        #expect(Escalation(text: text)?.seconds == seconds)
    }

    @Test(arguments: ["", "0m", "never", "15", "-1m"])
    func `is nothing else`(text: String) { #expect(Escalation(text: text) == nil) }
}
