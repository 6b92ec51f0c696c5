import Domain
import FoundationEssentials
import Testing

@testable import Storage

/// What the alert desk remembers, on a real file.
@Suite struct BookTests {
    private typealias Issue = Domain.Issue

    private static func issue(
        _ id: Int, kind: String = "TypeError", level: Issue.Level = .error, count: Int = 1
    ) -> Issue {
        Issue(
            id: Issue.ID(id), shortID: "SHOP-\(id)", title: "\(kind): <\(id)>\u{0}", level: level, status: .unresolved,
            project: Project(id: 1, slug: "shop-web", name: "Shop Web"), count: count, firstSeen: .start,
            lastSeen: .start, metadata: .init(type: kind))
    }

    private static func episode(
        _ id: Int, kind: String = "TypeError", level: Issue.Level = .error, at seconds: Double = 0, count: Int = 1,
        _ announcement: Episode.Announcement = .message(Place(Destination(chat: -1)))
    ) -> Episode {
        let date = Date.start.plus(seconds)
        var episode = Episode(
            number: 1, cause: .new, openedAt: date, subject: issue(id, kind: kind, level: level, count: count),
            asOf: Asked(turn: 0, date: date))
        episode.announcement = announcement
        episode.announcedAt = date
        return episode
    }

    private func saved(_ episodes: [Episode], _ body: (Ledger) async throws -> Void) async throws {
        try await withLedger { ledger async throws in
            try await ledger.entry { book in for episode in episodes { try book.save(episode) } }
            try await body(ledger)
        }
    }

    @Test func `an episode comes back as it was, and the latest counts`() async throws {
        let first = Self.episode(1)
        let second = Episode(
            number: 2, cause: .known, openedAt: .start, subject: Self.issue(1), asOf: Asked(turn: 3, date: .start))
        try await saved([second, first]) { ledger async throws in
            #expect(try await ledger.entry { try $0.episode(of: Issue.ID(1)) } == second)
            #expect(try await ledger.entry { try $0.episode(1, of: Issue.ID(1)) } == first)
            #expect(try await ledger.entry { try $0.episode(of: Issue.ID(2)) } == nil)
        }
    }

    @Test func `all of an entry is kept, or nothing`() async throws {
        struct Broken: Error {}
        try await withLedger { ledger async throws in
            await #expect(throws: Broken.self) {
                try await ledger.entry { book in
                    try book.save(Self.episode(1))
                    try book.say(.test("alert:1"), at: .start)
                    throw Broken()
                }
            }
            #expect(try await ledger.entry { try $0.episode(of: Issue.ID(1)) } == nil)
            #expect(try await ledger.message("alert:1") == nil)
        }
    }

    @Test func `what is forgotten is not edited into being`() async throws {
        try await withLedger { ledger async throws in
            try await ledger.entry { try $0.edit(.test("alert:1"), at: .start) }
            #expect(try await ledger.message("alert:1") == nil)
            try await ledger.entry { try $0.say(.test("alert:1"), at: .start) }
            try await ledger.entry { try $0.edit(.test("alert:1", "more"), at: .start) }
            #expect(try await ledger.message("alert:1")?.message.text == "more")
        }
    }

    @Test func `what was deleted in the chat stays so until it is revived`() async throws {
        try await withLedger { ledger async throws in
            try await ledger.entry { try $0.say(.test("alert:1"), at: .start) }
            let sent = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.delivered(sent, messageID: 7, at: .start)
            try await ledger.entry { try $0.edit(.test("alert:1", "more"), at: .start) }
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.giveUp(due, reason: StoredMessage.deleted, at: .start)

            try await ledger.entry { try $0.edit(.test("alert:1", "even more"), at: .start) }
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
            try await ledger.entry { book in
                try book.revive("alert:1")
                try book.edit(.test("alert:1", "worse"), at: .start)
            }
            let again = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(again.messageID == nil && again.message.text == "worse")
        }
    }

    @Test func `turns are counted, also over a restart`() async throws {
        try await withLedger { ledger async throws in
            for turn in 1...3 {
                let next = try await ledger.entry { try $0.nextTurn() }
                #expect(next == turn)
            }
        }
    }

    @Test func `those alike are counted since a day, up to a number`() async throws {
        let episodes = (1...5).map { Self.episode($0, at: Double($0)) } + [Self.episode(6, kind: "KeyError", at: 6)]
        try await saved(episodes) { ledger async throws in
            let count = { (since: Double, most: Int) in
                try await ledger.entry { try $0.episodesAlike(Self.issue(9), since: .start.plus(since), most: most) }
            }
            #expect(try await count(0, 100) == 5)
            #expect(try await count(4, 100) == 2)
            #expect(try await count(0, 3) == 3)
        }
    }

    @Test func `messages of a chat are counted since a moment, digests are not`() async throws {
        let other = Episode.Announcement.message(Place(Destination(chat: -2)))
        let episodes = [
            Self.episode(1, at: 10), Self.episode(2, at: 20), Self.episode(3, at: 20, other),
            Self.episode(4, at: 20, .digest(storm: 1)),
        ]
        try await saved(episodes) { ledger async throws in
            #expect(try await ledger.entry { try $0.announced(in: -1, since: .start.plus(10)) } == 1)
            #expect(try await ledger.entry { try $0.announced(in: -1, since: .start) } == 2)
        }
    }

    @Test func `all that is open is compared in turn`() async throws {
        var closed = Self.episode(9)
        closed = closed.setting(Self.issue(9).with(.resolved), by: "Ada", at: Asked(turn: 1, date: .start))
        let unsaid = Self.episode(8, .none)
        try await saved((1...5).map { Self.episode($0) } + [closed, unsaid]) { ledger async throws in
            var seen: [[Int]] = []
            for second in 1...3 {
                let ids = try await ledger.entry { try $0.takeForChecking(limit: 2, at: .start.plus(Double(second))) }
                seen.append(ids.map(\.number).sorted())
            }
            #expect(seen == [[1, 2], [3, 4], [1, 5]])
        }
    }

    @Test func `what lacks details is read first, nothing twice in ten minutes`() async throws {
        var read = Self.episode(1, count: 3)
        read.details = Details(isRead: true)
        try await saved([read, Self.episode(2)]) { ledger async throws in
            let take = { (seconds: Double) in
                try await ledger.entry { try $0.takeForReading(limit: 4, at: .start.plus(seconds)) }.map(\.number)
            }
            #expect(try await take(0) == [2])
            #expect(try await take(599) == [])
            var more = read
            more =
                more.seeing(
                    Sighting(Self.issue(1, count: 30), asOf: Asked(turn: 1, date: .start)), at: .start
                ).0
            try await ledger.entry { [more] in try $0.save(more) }
            #expect(try await take(601).sorted() == [1, 2])
            #expect(try await take(1202) == [2])
        }
    }

    @Test func `the counter that is furthest behind is next`() async throws {
        var near = Self.episode(1, count: 110)
        near.shownCount = 100
        var far = Self.episode(2, count: 9)
        far.shownCount = 1
        try await saved([near, far, Self.episode(3)]) { ledger async throws in
            #expect(try await ledger.entry { try $0.chatsWithOldCounters() } == [-1])
            #expect(try await ledger.entry { try $0.oldestCounter(in: -1) }?.issue == Issue.ID(2))
        }
    }

    @Test func `the list has the oldest untouched first, and its length`() async throws {
        var taken = Self.episode(1)
        taken.taken = .init(by: "Ada", at: .start)
        let episodes = [taken, Self.episode(2, at: 20), Self.episode(3, at: 10), Self.episode(4, .held(silence: 1))]
        try await saved(episodes) { ledger async throws in
            let page = try await ledger.entry { book in
                let (episodes, count) = try book.openAlerts(limit: 2, offset: 1)
                return [episodes.map(\.issue.number), [count]]
            }
            #expect(page == [[2, 1], [3]])
        }
    }

    @Test func `hours add up, and old ones are forgotten`() async throws {
        try await withLedger { ledger async throws in
            let now = Surge.hour(of: .start)
            try await ledger.entry { try $0.count([now: 3, now - 1: 2], of: Issue.ID(1)) }
            try await ledger.entry { try $0.count([now: 4], of: Issue.ID(1)) }
            #expect(try await ledger.entry { try $0.hours(of: Issue.ID(1), since: now - 1) } == [now: 7, now - 1: 2])
            try await ledger.prune(before: .start)
            #expect(try await ledger.entry { try $0.hours(of: Issue.ID(1), since: 0) } == [now: 7])
        }
    }

    @Test func `a silence counts what it holds back, and ends once`() async throws {
        let silence = Silence(
            target: .words("a'b\"c"), end: .events(3), by: "Ada", createdAt: .start, place: Place(Destination(chat: -1))
        )
        try await withLedger { ledger async throws in
            let number = try await ledger.entry { try $0.add(silence) }
            try await ledger.entry { book in
                try book.hold(Issue.ID(1), events: 2, by: number)
                try book.hold(Issue.ID(2), events: 5, by: number)
                try book.hold(Issue.ID(1), events: 1, by: number)
            }
            #expect(
                try await ledger.entry { try $0.silences() } == [
                    StoredSilence(number: number, silence: silence, events: 8, own: 8)
                ])
            #expect(
                try await ledger.entry { try $0.heldBack(by: number) }.map { [$0.issue.number, $0.events] }
                    == [[2, 5], [1, 3]])
            #expect(try await ledger.entry { try $0.end(silence: number, at: .start) })
            #expect(!(try await ledger.entry { try $0.end(silence: number, at: .start) }))
            #expect(try await ledger.entry { try $0.silences() } == [])
            #expect(try await ledger.entry { try $0.add(silence) } == number + 1)
        }
    }

    @Test func `what a silence held back passes to another, and brings its end no nearer`() async throws {
        let silence = Silence(
            target: .project("shop-web"), end: .events(4), by: "Ada", createdAt: .start,
            place: Place(Destination(chat: -1)))
        try await withLedger { ledger async throws in
            let silences = try await ledger.entry { book in
                let (first, second) = (try book.add(silence), try book.add(silence))
                try book.hold(Issue.ID(1), events: 2, by: first)
                try book.hold(Issue.ID(2), events: 5, by: first)
                try book.hold(Issue.ID(1), events: 3, by: second)
                try book.pass(Issue.ID(1), from: first, to: second)
                try book.pass(Issue.ID(1), from: first, to: second)
                return try book.silences()
            }
            #expect(silences.map { [$0.events, $0.own] } == [[5, 7], [5, 3]])
            #expect(silences.map { $0.isOver(at: .start) } == [true, false])
            let second = try #require(silences.last).number
            #expect(
                try await ledger.entry { try $0.heldBack(by: second) }.map { [$0.issue.number, $0.events] } == [[1, 5]])
        }
    }

    @Test func `what a silence left behind is found`() async throws {
        var muted = Self.episode(2, .held(silence: 1))
        muted.silence = 1
        var closed = Self.episode(3, .held(silence: 1))
        closed = closed.setting(Self.issue(3).with(.resolved), by: "Ada", at: Asked(turn: 1, date: .start))
        try await saved([Self.episode(1, .held(silence: 1)), muted, closed, Self.episode(4)]) { ledger async throws in
            #expect(try await ledger.entry { try $0.leftBehind() }.map(\.issue.number) == [1])
        }
    }

    @Test func `a storm belongs to a topic, and groups what joined`() async throws {
        let topic = Destination(chat: -1, thread: 7)
        try await withLedger { ledger async throws in
            let storm = try await ledger.entry { try $0.beginStorm(at: topic, cause: .rush, date: .start) }
            let joined =
                (1...3).map { Self.episode($0, count: 10, .digest(storm: storm.number)) }
                + [Self.episode(4, kind: "KeyError", .digest(storm: storm.number)), Self.episode(5)]
            try await ledger.entry { book in for episode in joined { try book.save(episode) } }
            #expect(try await ledger.entry { try $0.openStorm(at: topic) } == storm)
            #expect(try await ledger.entry { try $0.openStorm(at: Destination(chat: -1)) } == nil)
            #expect(
                try await ledger.entry { try $0.groups(of: storm.number) } == [
                    StormGroup(project: "shop-web", kind: "TypeError", issues: 3, events: 30),
                    StormGroup(project: "shop-web", kind: "KeyError", issues: 1, events: 1),
                ])
            let list = try await ledger.entry { try $0.openAlerts(storm: storm.number, limit: 2, offset: 2).episodes }
            #expect(list.map(\.issue.number) == [3, 4])
            try await ledger.entry { book in
                try book.joinStorm(storm.number, at: .start.plus(5))
                try book.endStorm(storm.number, at: .start.plus(9))
            }
            #expect(try await ledger.entry { try $0.openStorms() } == [])
            let ended = try await ledger.entry { try $0.storm(storm.number) }
            #expect(ended?.joinedAt == .start.plus(5) && ended?.closedAt == .start.plus(9))
        }
    }

    @Test func `what is untouched and fatal is found`() async throws {
        var told = Self.episode(3, level: .fatal)
        told.escalatedAt = .start
        var taken = Self.episode(4, level: .fatal)
        taken.taken = .init(by: "Ada", at: .start)
        // A silence had held it back.
        var late = Self.episode(7, level: .fatal)
        late.announcedAt = .start.plus(100)
        let episodes = [
            Self.episode(1, level: .fatal), Self.episode(2), told, taken, Self.episode(5, level: .fatal, at: 100),
            Self.episode(6, level: .fatal, .digest(storm: 1)), late,
        ]
        try await saved(episodes) { ledger async throws in
            #expect(
                try await ledger.entry { try $0.untouchedFatal(toldBefore: .start.plus(50)) }.map(\.issue.number) == [
                    1
                ])
        }
    }

    @Test func `a monitor is remembered`() async throws {
        try await withLedger { ledger async throws in
            let down = StoredMonitor(number: 1, name: "Shop", outage: 2, downSince: .start)
            let up = StoredMonitor(number: 1, name: "Shop", outage: 2, downSince: nil)
            for monitor in [down, up] {
                try await ledger.entry { try $0.save(monitor) }
                #expect(try await ledger.entry { try $0.monitor(1) } == monitor)
            }
            #expect(try await ledger.entry { try $0.monitor(2) } == nil)
        }
    }
}

extension Domain.Issue {
    fileprivate func with(_ status: Status) -> Domain.Issue {
        Domain.Issue(
            id: id, shortID: shortID, title: title, level: level, status: status, project: project, count: count,
            firstSeen: firstSeen, lastSeen: lastSeen, metadata: metadata)
    }
}
