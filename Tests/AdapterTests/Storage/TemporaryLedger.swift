import FoundationEssentials
import Storage

/// A new ledger for one test, in a folder that is removed behind it.
func withLedger<T>(_ body: (Ledger) async throws -> T) async throws -> T {
    try await TemporaryFolder.run { folder in
        let database = try SQLite(path: folder.file("tipline.db"))
        let result = try await body(Ledger(database: database))
        await database.close()
        return result
    }
}

extension Date {
    /// Some day at some time; the ledger's tests count seconds from here.
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    func plus(_ seconds: Double) -> Date { addingTimeInterval(seconds) }
}

extension Message {
    /// What a test wants to say in chat 1, unless it says otherwise.
    static func test(
        _ key: String, _ content: String = "hello", chat: Int64 = 1, thread: Int? = nil, replyTo: Int? = nil,
        subject: String? = nil, priority: Priority = .answer
    ) -> Message {
        Message(
            key: key, chat: chat, thread: thread, replyTo: replyTo, subject: subject, priority: priority,
            content: Array(content.utf8))
    }

    var text: String { String(decoding: content, as: UTF8.self) }
}
