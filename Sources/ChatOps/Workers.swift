import Logging
import Storage

/// Takes updates out of the ledger and has them handled: those of one chat one after the other, chats side by side.
struct Workers: Sendable {
    private static let mostAtOnce = 8

    let ledger: Ledger
    let handling: Handling
    let bell: Bell
    let log: Logger

    /// Runs until cancelled, or until all is handled once `closing` says that nothing more comes.
    func run(closing: Closing) async {
        let busy = BusyChats()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let rings = await bell.count
                let isClosing = await closing.hasBegun
                if let entry = await next(busy) {
                    await busy.add(entry.chat)
                    group.addTask {
                        await handle(entry)
                        await busy.remove(entry.chat)
                        await bell.ring()
                    }
                } else if isClosing, await busy.chats.isEmpty {
                    return
                } else {
                    await bell.wait(after: rings, atMost: .seconds(30))
                }
            }
        }
    }

    private func next(_ busy: BusyChats) async -> InboxEntry? {
        let chats = await busy.chats
        guard chats.count < Self.mostAtOnce else { return nil }
        do {
            return try await ledger.nextUpdate(notIn: chats)
        } catch {
            log.error("the ledger cannot be read", metadata: ["error": "\(describe(error))"])
            return nil
        }
    }

    private func handle(_ entry: InboxEntry) async {
        do {
            try await handling.handle(entry)
        } catch is CancellationError {
            // The process ends; the update stays in the ledger and is handled after the restart.
        } catch {
            log.error("an update could not be finished", metadata: ["error": "\(describe(error))"])
            // The ledger or Telegram is in trouble; the update comes again, but not at once. Ends when cancelled.
            try? await Task.sleep(for: .seconds(1))
        }
    }
}

/// The chats that somebody is working for.
actor BusyChats {
    private(set) var chats: Set<Int64> = []

    func add(_ chat: Int64) { chats.insert(chat) }

    func remove(_ chat: Int64) { chats.remove(chat) }
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
