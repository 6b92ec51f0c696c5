/// Work that several ask for at the same time is done once: those who come later hear of its steps, and get its outcome.
///
/// Whoever came first does it. When that one is cancelled, the next one begins anew; a failure reaches all who wait.
actor JointWork<Value: Sendable> {
    private enum News: Sendable {
        case step(String)
        case outcome(Result<Value, any Error>)
    }

    private var listeners: [String: [AsyncStream<News>.Continuation]] = [:]

    /// How many wait for somebody else to do it.
    func waiting(for key: String) -> Int { listeners[key]?.count ?? 0 }

    /// - Parameter progress: called with a few words when a step begins, whoever does the work.
    /// - Returns: also whether somebody else did it.
    func value(
        for key: String, progress: @escaping @Sendable (String) async -> Void,
        from work: @Sendable (_ progress: @escaping @Sendable (String) async -> Void) async throws -> Value
    ) async throws -> (value: Value, isShared: Bool) {
        while listeners[key] != nil {
            if let outcome = await outcome(of: key, progress: progress) { return (try outcome.get(), true) }
            try Task.checkCancellation()
        }
        listeners[key] = []
        do {
            let value = try await work { words in
                await self.tell(.step(words), key)
                await progress(words)
            }
            try Task.checkCancellation()
            end(key, .success(value))
            return (value, false)
        } catch {
            end(key, Task.isCancelled ? nil : .failure(error))
            throw error
        }
    }

    /// Nil when the one who does it was cancelled, or who waits.
    private func outcome(
        of key: String, progress: @Sendable (String) async -> Void
    ) async -> Result<Value, any Error>? {
        let (news, listener) = AsyncStream.makeStream(of: News.self)
        listeners[key]?.append(listener)
        for await one in news {
            switch one {
            case .step(let words): await progress(words)
            case .outcome(let outcome): return outcome
            }
        }
        return nil
    }

    private func tell(_ news: News, _ key: String) {
        for listener in listeners[key] ?? [] { listener.yield(news) }
    }

    private func end(_ key: String, _ outcome: Result<Value, any Error>?) {
        for listener in listeners.removeValue(forKey: key) ?? [] {
            if let outcome { listener.yield(.outcome(outcome)) }
            listener.finish()
        }
    }
}
