import FoundationEssentials

extension StandInTelegram {
    struct PendingUpdate {
        /// Nil for rubbish.
        let id: Int?
        let bytes: [UInt8]
        /// Ordered by a test: comes once, whatever was confirmed before.
        var isForced = false
    }

    enum Wake: Sendable { case updates, timeUp, otherPoller }

    func updates(_ parameters: Parameters) async throws(Refused) -> [UInt8] {
        guard !hasWebhook else {
            throw Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                    + "use deleteWebhook to delete the webhook first")
        }
        poller?.yield(.otherPoller)
        poller = nil
        if let kinds = try parameters.structure("allowed_updates")?.array {
            allowedUpdates = kinds.isEmpty ? nil : Set(kinds.compactMap(\.string))
        }
        forget(below: parameters.number("offset") ?? 0)
        let limit = parameters.number("limit") ?? 100
        let seconds = min(50, max(0, parameters.number("timeout") ?? 0))
        if pending.isEmpty, seconds > 0, case .otherPoller = await wake(within: .seconds(seconds)) { throw .conflict }
        let batch = pending.prefix((1...100).contains(limit) ? limit : 100)
        // What has no number can't be confirmed; what was forced has been confirmed already.
        pending.removeFirst(batch.count)
        pending.insert(contentsOf: batch.filter { $0.id != nil && !$0.isForced }, at: 0)
        return Array("[".utf8) + batch.map(\.bytes).joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)
    }

    /// Asking from an offset on forgets all before it, for good; a negative one keeps the last few.
    private func forget(below offset: Int) {
        if offset < 0 {
            pending.removeFirst(max(0, pending.count + offset))
        } else {
            pending.removeAll { ($0.id ?? Int.max) < offset && !$0.isForced }
        }
    }

    private func wake(within time: Duration) async -> Wake {
        let (stream, poller) = AsyncStream<Wake>.makeStream()
        self.poller = poller
        polls += 1
        let poll = polls
        // Over, unless another one has begun meanwhile.
        defer { if poll == polls { self.poller = nil } }
        for waiting in awaitingPoll { waiting.finish() }
        awaitingPoll = []
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { if (try? await Task.sleep(for: time)) != nil { poller.yield(.timeUp) } }
            defer { group.cancelAll() }
            for await wake in stream { return wake }
            return .timeUp
        }
    }

    /// Returns as soon as the bot waits for updates, at once when it does already.
    package func untilPolled() async {
        guard poller == nil else { return }
        let (polled, waiting) = AsyncStream<Never>.makeStream()
        awaitingPoll.append(waiting)
        for await _ in polled {}
    }

    /// Puts an update of a kind into the queue, if the bot wants that kind.
    func enqueue(_ kind: String, _ content: JSON, id: Int? = nil) {
        guard allowedUpdates?.contains(kind) ?? true else { return }
        let number = id ?? lastUpdateID + 1
        lastUpdateID = max(lastUpdateID, number)
        let update: JSON = .object(["update_id": .int(number), kind: content])
        delivered[number] = update.bytes
        push(PendingUpdate(id: number, bytes: update.bytes))
    }

    func push(_ update: PendingUpdate) {
        pending.append(update)
        poller?.yield(.updates)
        poller = nil
    }
}
