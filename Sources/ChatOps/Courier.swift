import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// Brings the ledger's messages to Telegram: in the order of their priority, paced, until Telegram said yes.
struct Courier: Sendable {
    let ledger: Ledger
    let delivery: Delivery
    let pace: Pace
    let bell: Bell
    let log: Logger
    let now: @Sendable () -> Date

    /// Runs until cancelled, or until all is delivered once `closing` has begun. Throws when the token is wrong.
    func run(closing: Closing) async throws {
        let roads = Roads()
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                try await roads.check()
                let rings = await bell.count
                let isClosing = await closing.hasBegun
                if let message = await next(roads) {
                    guard await isGranted(message, roads) else { continue }
                    await roads.use(message.message.chat)
                    group.addTask {
                        do {
                            try await delivery.deliver(message)
                        } catch {
                            // The loop is told by the bell: what a child throws would not wake it.
                            await roads.close(error)
                        }
                        await roads.leave(message.message.chat)
                        await bell.ring()
                    }
                } else if isClosing, await roads.areEmpty(at: now()) {
                    return
                } else {
                    await bell.wait(after: rings, atMost: await pause(roads))
                }
            }
        }
    }

    private func next(_ roads: Roads) async -> DueMessage? {
        do {
            return try await ledger.nextMessage(at: now(), notIn: await roads.closed(at: now()))
        } catch {
            log.error("the ledger cannot be read", metadata: ["error": "\(describe(error))"])
            return nil
        }
    }

    private func isGranted(_ message: DueMessage, _ roads: Roads) async -> Bool {
        guard let wait = await pace.wait(for: message.message, at: now()) else { return true }
        await roads.hold(message.message.chat, until: now().addingTimeInterval(wait))
        return false
    }

    /// Until something may go again, and not so long that a clock which was set back holds everything up.
    private func pause(_ roads: Roads) async -> Duration {
        var dates = [await roads.nextOpening(after: now())]
        do {
            dates.append(try await ledger.nextDue(after: now()))
        } catch {
            log.error("the ledger cannot be read", metadata: ["error": "\(describe(error))"])
        }
        let seconds = dates.compactMap { $0 }.map { $0.timeIntervalSince(now()) }.min() ?? 30
        return .milliseconds(Int(max(0.005, min(30, seconds)) * 1000))
    }
}

/// Which chats can take a message now: one at a time in each, none before its time.
private actor Roads {
    private var used: Set<Int64> = []
    private var heldUntil: [Int64: Date] = [:]
    /// Why nothing can go any more.
    private var failure: (any Error)?

    func close(_ error: any Error) { failure = error }

    func check() throws {
        if let failure { throw failure }
    }

    func use(_ chat: Int64) { used.insert(chat) }

    func leave(_ chat: Int64) { used.remove(chat) }

    func hold(_ chat: Int64, until date: Date) { heldUntil[chat] = date }

    func closed(at now: Date) -> Set<Int64> {
        heldUntil = heldUntil.filter { $0.value > now }
        return used.union(heldUntil.keys)
    }

    func areEmpty(at now: Date) -> Bool { closed(at: now).isEmpty }

    func nextOpening(after now: Date) -> Date? { heldUntil.values.filter { $0 > now }.min() }
}
