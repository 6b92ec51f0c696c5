import FoundationEssentials
import Glibc
import Storage

/// Works on a ledger until it is killed, and says what the ledger has acknowledged, a line for each. For the tests,
/// which kill it.
@main struct LedgerWriter {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 3 else { return say("usage: LedgerWriter work|fill PATH [LARGEST-FILE]") }
        if words.count > 3, let size = rlim_t(words[3]) { limitFiles(to: size) }
        let database = try SQLite(path: words[2])
        say("open")
        switch words[1] {
        case "work": try await Work(ledger: Ledger(database: database)).run()
        default: try await fill(Ledger(database: database), words[2])
        }
        await database.close()
        let again = try SQLite(path: words[2])
        say("found \(try await Ledger(database: again).queues().alerts)")
    }

    /// Until nothing more can be written, and a little more when there is room again.
    private static func fill(_ ledger: Ledger, _ path: String) async throws {
        let payload = [UInt8](repeating: 7, count: 20_000)
        do {
            while true { say("kept \(try await ledger.receive(alert: payload, at: Date()))") }
        } catch {
            say("\(error)")
        }
        say("waiting \(try await ledger.queues().alerts)")
        makeRoom(path)
        for _ in 0..<3 { say("kept \(try await ledger.receive(alert: payload, at: Date()))") }
    }

    private static func makeRoom(_ path: String) {
        unlink(path + ".ballast")
        limitFiles(to: rlim_t.max)
    }

    /// To the system's limit for the size of a file. Who passes it gets an error and no signal.
    private static func limitFiles(to size: rlim_t) {
        signal(SIGXFSZ, SIG_IGN)
        let files = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        var limit = rlimit()
        getrlimit(files, &limit)
        limit.rlim_cur = min(size, limit.rlim_max)
        setrlimit(files, &limit)
    }
}

/// All that the bot does with its ledger, at once and without end.
private struct Work {
    private static let chats: Set<Int64> = [0, 1, 2]

    let ledger: Ledger

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await receiveUpdates() }
            for chat in Self.chats { group.addTask { try await handleUpdates(of: chat) } }
            group.addTask { try await receiveAlerts() }
            group.addTask { try await handleAlerts() }
            group.addTask { try await deliver() }
            try await group.waitForAll()
        }
    }

    private func receiveUpdates() async throws {
        var id = try await ledger.lastUpdateID(since: .distantPast) ?? 0
        while true {
            let updates = (1...3).map { number in
                let chat = Int64((id + number) % Self.chats.count)
                return InboxEntry(updateID: id + number, chat: chat, payload: [1], receivedAt: Date())
            }
            try await ledger.receive(updates)
            for update in updates { say("received \(update.updateID)") }
            id += updates.count
            while try await ledger.queues().inbox > 50 { await Task.yield() }
        }
    }

    private func handleUpdates(of chat: Int64) async throws {
        while true {
            guard let update = try await ledger.nextUpdate(notIn: Self.chats.subtracting([chat])) else {
                await Task.yield()
                continue
            }
            let id = update.updateID
            let entry = AuditEntry(date: Date(), sender: 7, name: "Ada", chat: chat, line: "\(id)", outcome: "done")
            try await ledger.finish(update: id, saying: [message("update:\(id)", chat)], audit: entry, at: Date())
            say("finished \(id)")
        }
    }

    private func receiveAlerts() async throws {
        while true {
            say("alerted \(try await ledger.receive(alert: [1], at: Date()))")
            while try await ledger.queues().alerts > 50 { await Task.yield() }
        }
    }

    private func handleAlerts() async throws {
        while true {
            guard let alert = try await ledger.nextAlert() else {
                await Task.yield()
                continue
            }
            try await ledger.finishAlert(alert.id, saying: [message("alert:\(alert.id)", 9)], at: Date())
            say("settled \(alert.id)")
        }
    }

    private func deliver() async throws {
        while true {
            guard let due = try await ledger.nextMessage(at: Date(), notIn: []) else {
                await Task.yield()
                continue
            }
            try await ledger.delivered(due, messageID: 1, at: Date())
            say("delivered \(due.message.key)")
        }
    }

    private func message(_ key: String, _ chat: Int64) -> Message {
        Message(key: key, chat: chat, priority: .answer, content: Array(key.utf8))
    }
}

/// In one piece, so that a line is whole or not there.
private func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
}
