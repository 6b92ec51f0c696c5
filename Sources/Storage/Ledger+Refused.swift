/// Messages that the chats should have and never get.
extension Ledger {
    /// How many Telegram refused for good; what somebody deleted in the chat is not among them.
    package func refused() async throws -> Int {
        try await database.transaction { connection in
            try connection.run(
                "SELECT count(*) AS n FROM outbox WHERE given_up_at IS NOT NULL AND coalesce(trouble, '') <> $1",
                [.text(StoredMessage.deleted)]
            ).first?.int("n") ?? 0
        }
    }
}
