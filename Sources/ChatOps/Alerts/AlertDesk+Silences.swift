import Domain
import FoundationEssentials
import Storage

/// What people mute.
extension AlertDesk {
    /// A silence with the words for its end.
    package struct Muted: Sendable {
        package let number: Int
        package let end: HTML
        package let placement: Reply.Placement
    }

    /// Silences what matches. One for the same target takes the place of the one before, with what that has held back.
    package func mute(_ target: Silence.Target, _ end: Silence.End, _ call: Call) async throws -> Muted {
        let zone = rules.zone
        let silence = Silence(
            target: target, end: end, by: call.sender.name, createdAt: now(), place: Place(call.place))
        let pressed = call.pressed
        return try await entry { entry in
            let before = try entry.book.silences().filter { $0.silence.target == target }
            let number = try entry.book.add(silence)
            for old in before { try entry.replace(old, by: number) }
            var placement = Reply.Placement.below
            if case .issue(let id) = target, var episode = try entry.book.episode(of: id) {
                episode.silence = number
                episode.note(.other, at: entry.now)
                let isOwn = pressed == episode.key && episode.place != nil
                try entry.show(&episode, isOwn ? .answer : .edit)
                placement = isOwn ? .shown : .below
            } else {
                try entry.silence(number, silence)
            }
            return Muted(number: number, end: end.words(zone, now: entry.now), placement: placement)
        }
    }

    /// The live message with the buttons for how long, or with its own again; nil when the issue has none here.
    package func muteMenu(of issue: Issue.ID, isOpen: Bool, _ call: Call) async throws -> Reply? {
        let pressed = call.pressed
        return try await entry { entry in
            guard let episode = try entry.book.episode(of: issue), episode.key == pressed else { return nil }
            let live = try entry.liveMessage(episode)
            return Reply(
                live.text, keyboard: isOpen ? live.muteMenu : live.keyboard, about: issue, placement: .inPlace)
        }
    }

    package func silences() async throws -> [StoredSilence] { try await ledger.entry { try $0.silences() } }

    /// Ends a silence before its time and says what it held back; nil when there is none of that number.
    package func unmute(_ number: Int, _ call: Call) async throws -> (text: HTML, placement: Reply.Placement)? {
        let (name, pressed) = (call.sender.name, call.pressed)
        return try await entry { entry in
            guard let silence = try entry.book.silences().first(where: { $0.number == number }) else { return nil }
            // A live message shows the end of its own issue's silence by itself; that others are told again it does not.
            var isShown = false
            if case .issue(let id) = silence.silence.target, silence.events == 0, let pressed {
                isShown = try entry.book.episode(of: id)?.key == pressed
            }
            let text = try entry.end(silence, by: name)
            return (text, isShown ? .shown : .below)
        }
    }
}
