import Domain
import FoundationEssentials
import Storage

/// The live message, and what is said below it.
extension DeskEntry {
    /// Saves the episode and brings its live message up to date.
    func show(_ episode: inout Episode, _ priority: Message.Priority = .edit) throws {
        if episode.place != nil { episode.shownCount = episode.subject.count }
        try book.save(episode)
        guard let place = episode.place else { return }
        try book.edit(message(episode, at: place, priority), at: now)
    }

    func message(_ episode: Episode, at place: Place, _ priority: Message.Priority) throws -> Message {
        try message(episode.key, try liveMessage(episode), at: place, priority)
    }

    func message(_ key: String, _ live: LiveMessage, at place: Place, _ priority: Message.Priority) throws
        -> Message
    {
        Message(
            key: key, chat: place.destination.chat, thread: place.destination.thread,
            subject: Subject.issue(live.episode.issue), priority: priority, content: try live.posting.json())
    }

    func liveMessage(_ episode: Episode) throws -> LiveMessage {
        let silence = try episode.silence.flatMap { number in try book.silences().first { $0.number == number } }
        return LiveMessage(
            episode: episode, silence: silence, link: rules.link(episode.issue), zone: rules.zone, now: now)
    }

    /// A message of its own below the live one, for what must not go unheard.
    func remark(_ text: HTML, _ name: String, on episode: Episode, keyboard: [[Button]] = [], isSilent: Bool = false)
        throws
    {
        guard let place = episode.place else { return }
        try book.say(
            Message(
                key: "\(episode.key):\(name)", chat: place.destination.chat, thread: place.destination.thread,
                replyTo: try book.messageID(of: episode.key), subject: Subject.issue(episode.issue), priority: .alert,
                content: try Posting(text, keyboard: keyboard, isSilent: isSilent).json()), at: now)
    }
}
