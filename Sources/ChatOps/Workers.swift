import Logging
import Storage
import Telegram

/// Takes updates out of the ledger and has them handled: those of one chat one after the other, chats side by side. A
/// command that tells of its progress takes long, and the chat goes on without waiting for it.
struct Workers: Sendable {
    private static let mostAtOnce = 8

    let ledger: Ledger
    let handling: Handling
    let bell: Bell
    let log: Logger

    /// Runs until cancelled, or until all is handled once `closing` says that nothing more comes.
    func run(closing: Closing) async {
        let underway = Underway()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let rings = await bell.count
                let isClosing = await closing.hasBegun
                if let entry = await next(underway) {
                    await underway.begin(entry)
                    group.addTask {
                        await handle(entry) { if await underway.letPass(entry) { await bell.ring() } }
                        await underway.end(entry)
                        await bell.ring()
                    }
                } else if isClosing, await underway.isEmpty {
                    return
                } else {
                    await bell.wait(after: rings, atMost: .seconds(30))
                }
            }
        }
    }

    private func next(_ underway: Underway) async -> InboxEntry? {
        let chats = await underway.chats
        guard chats.count < Self.mostAtOnce else { return nil }
        do {
            return try await ledger.nextUpdate(notIn: chats, except: await underway.slow)
        } catch {
            log.error("the ledger cannot be read", metadata: ["error": "\(describe(error))"])
            return nil
        }
    }

    private func handle(_ entry: InboxEntry, isSlow: @escaping @Sendable () async -> Void) async {
        do {
            try await handling.handle(entry, isSlow: isSlow)
        } catch is CancellationError {
            // The process ends; the update stays in the ledger and is handled after the restart.
        } catch is BotAPIError {
            // Telegram is away, as the poller says; the update comes again. Ends when cancelled.
            try? await Task.sleep(for: .seconds(1))
        } catch {
            log.error("an update could not be finished", metadata: ["error": "\(describe(error))"])
            // The ledger or Telegram is in trouble; the update comes again, but not at once. Ends when cancelled.
            try? await Task.sleep(for: .seconds(1))
        }
    }
}

/// What is being worked on.
actor Underway {
    // More at once than that, and the next one of a chat waits after all.
    private static let mostSlow = 16

    /// Those whose next update has to wait.
    private(set) var chats: Set<Int64> = []
    /// The updates that nobody waits for.
    private(set) var slow: Set<Int> = []

    var isEmpty: Bool { chats.isEmpty && slow.isEmpty }

    func begin(_ entry: InboxEntry) { chats.insert(entry.chat) }

    /// Whether its chat goes on from now; not twice, and not when too many go on already.
    func letPass(_ entry: InboxEntry) -> Bool {
        guard !slow.contains(entry.updateID), slow.count < Self.mostSlow else { return false }
        slow.insert(entry.updateID)
        chats.remove(entry.chat)
        return true
    }

    func end(_ entry: InboxEntry) {
        if slow.remove(entry.updateID) == nil { chats.remove(entry.chat) }
    }
}

/// The orderly end: nothing new is taken in, what is there is finished.
package actor Closing {
    package private(set) var hasBegun = false
    private let bells: [Bell]

    package init(ringing bells: [Bell]) { self.bells = bells }

    package func begin() async {
        hasBegun = true
        for bell in bells { await bell.ring() }
    }
}
