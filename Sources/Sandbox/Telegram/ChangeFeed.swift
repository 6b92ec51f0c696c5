extension StandInTelegram {
    /// Something that the bot did and a person could see.
    package enum Change: Sendable, Hashable {
        case sent(ShownMessage)
        case edited(ShownMessage)
        case deleted(chat: Int64, message: Int)
        case typing(chat: Int64, thread: Int?)
        case callbackAnswered(id: String, text: String?, isAlert: Bool)
        case menu([MenuEntry])

        /// The message that appeared or changed.
        package var message: ShownMessage? {
            switch self {
            case .sent(let message), .edited(let message): message
            case .deleted, .typing, .callbackAnswered, .menu: nil
            }
        }
    }

    package struct MenuEntry: Sendable, Hashable {
        package let command: String
        package let description: String
    }

    /// All that happened, and who waits for more.
    struct ChangeFeed {
        private(set) var changes: [Change] = []
        /// What `next(where:)` has given out already.
        var read = 0
        private var listeners: [AsyncStream<Change>.Continuation] = []

        mutating func add(_ change: Change) {
            changes.append(change)
            listeners.removeAll { listener in
                if case .terminated = listener.yield(change) { true } else { false }
            }
        }

        mutating func listen() -> AsyncStream<Change> {
            let (stream, listener) = AsyncStream<Change>.makeStream()
            listeners.append(listener)
            return stream
        }
    }

    /// What happens from now on.
    package func changes() -> AsyncStream<Change> { feed.listen() }

    /// The first change that fits and comes after the one that was returned last, whether it is to come or has been:
    /// a test that acts and then waits misses nothing.
    @discardableResult
    package func next(where fits: @Sendable (Change) -> Bool) async throws -> Change {
        try await next { fits($0) ? $0 : nil }
    }

    /// The next message of the bot.
    package func nextMessage(in chat: Int64 = teamChat) async throws -> ShownMessage {
        try await next { change in
            if case .sent(let message) = change, message.chat == chat { message } else { nil }
        }
    }

    private func next<Found>(_ find: @Sendable (Change) -> Found?) async throws -> Found {
        var coming = feed.listen().makeAsyncIterator()
        var position = feed.read
        while true {
            while position < feed.changes.count {
                position += 1
                guard let found = find(feed.changes[position - 1]) else { continue }
                feed.read = max(feed.read, position)
                return found
            }
            guard await coming.next(isolation: self) != nil else { throw CancellationError() }
        }
    }

    /// The bot's messages, as soon as they are as they should be.
    @discardableResult
    package func shown(
        in chat: Int64 = teamChat, once isReady: @Sendable ([ShownMessage]) -> Bool
    ) async throws -> [ShownMessage] {
        var coming = feed.listen().makeAsyncIterator()
        while true {
            let messages = shown(in: chat)
            if isReady(messages) { return messages }
            guard await coming.next(isolation: self) != nil else { throw CancellationError() }
        }
    }

    /// The bot's messages that are there now, oldest first.
    package func shown(in chat: Int64 = teamChat) -> [ShownMessage] {
        guard let chat = chats[chat] else { return [] }
        return chat.messages.values.filter { $0.author == nil }.sorted { $0.id < $1.id }
            .map { shown($0, in: chat.id) }
    }
}
