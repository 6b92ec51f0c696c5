import ChatOps
import Domain
import FoundationEssentials
import Storage
import Telegram

/// One report without the bot, or beside it.
///
/// A ledger that no bot works with is ours meanwhile, and what we write down we send. Else we visit it: the report is
/// written down under the key that the bot's clock looks for, and the bot finds it in its outbox. Nothing else has to be
/// agreed upon between the two, and whichever dies, the ledger knows what is to be done.
extension App {
    /// Telegram's patience with a few messages; whoever waits for a timer's job has some too.
    static let patience = Duration.seconds(30)

    enum ReportPurpose: Sendable { case show, rehearse, send }

    /// - Returns: what to print, and whether all is well.
    func report(
        _ order: ReportOrder, for purpose: ReportPurpose, patience: Duration = patience
    ) async throws -> (text: String, isDone: Bool) {
        do {
            let (database, isAlone) = try openLedger()
            let result: Result<(text: String, isDone: Bool), any Error>
            do {
                let ledger = Ledger(database: database)
                result = .success(
                    try await report(order, for: purpose, in: ledger, isAlone: isAlone, patience: patience))
            } catch {
                result = .failure(error)
            }
            await database.close()
            return try result.get()
        } catch let error as LedgerError {
            throw Failed("\(error.description).")
        } catch ReportOrder.Mistake.notOver {
            throw Failed("\(order.day?.description ?? "It") is not over yet; there is a report of it afterwards.")
        } catch ReportOrder.Mistake.tooLongAgo(let days) {
            throw Failed(
                "That is more than \(days) days ago, and whether it was sent is forgotten. Without --send it is printed."
            )
        } catch BotAPIError.unauthorized {
            throw Failed(Self.unknownToken)
        }
    }

    private func openLedger() throws -> (SQLite, isAlone: Bool) {
        let path = configuration.ledgerPath
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failed(
                "There is no ledger at \(path). Reports are made of what the bot saw: tipline run comes first.")
        }
        do {
            return (try SQLite(path: path), true)
        } catch LedgerError.inUse {
            return (try SQLite(visiting: path), false)
        }
    }

    private func report(
        _ order: ReportOrder, for purpose: ReportPurpose, in ledger: Ledger, isAlone: Bool, patience: Duration
    ) async throws -> (text: String, isDone: Bool) {
        let desk = reports(ledger)
        switch purpose {
        case .show: return (try await desk.reply(to: order, at: now()).text.plain, true)
        case .rehearse: return (try await rehearse(order, desk, isAlone), true)
        case .send:
            let shares = try await desk.carryOut(order, at: now())
            if isAlone {
                try await Dispatch(telegram: telegram, ledger: ledger, limiter: shared, log: log, now: now)
                    .run(atMost: patience)
            }
            return try await outcome(order, shares, desk, isAlone)
        }
    }

    private func rehearse(_ order: ReportOrder, _ desk: ReportDesk, _ isAlone: Bool) async throws -> String {
        var lines: [String] = []
        let shares = try await desk.carryOut(order, at: now(), isRehearsal: true) { place, reply in
            let picture = reply.picture.map { "\nand a picture:\n\($0.caption.plain)\n" } ?? ""
            lines.append("Would send to \(place):\n\n\(reply.text.plain)\n\(Self.buttons(reply))\(picture)")
        }
        for share in shares where !share.isNew {
            lines.append(Self.words(try await desk.fate(of: share), share.place, isAlone))
        }
        return shares.isEmpty ? Self.nobody(order) : lines.joined(separator: "\n")
    }

    private func outcome(
        _ order: ReportOrder, _ shares: [ReportDesk.Share], _ desk: ReportDesk, _ isAlone: Bool
    ) async throws -> (text: String, isDone: Bool) {
        var lines: [String] = []
        var isDone = true
        for share in shares {
            let fate = try await desk.fate(of: share)
            lines.append(Self.words(fate, share.place, isAlone))
            switch fate {
            case .sent, .sentAlready, .notOver: break
            case .waiting: isDone = isDone && !isAlone
            case .refused: isDone = false
            }
        }
        return (shares.isEmpty ? Self.nobody(order) : lines.joined(separator: "\n"), isDone)
    }

    private static func words(_ fate: ReportOrder.Fate, _ place: Destination, _ isAlone: Bool) -> String {
        switch fate {
        case .sent: "\(place): sent"
        case .sentAlready: "\(place): sent already, nothing to do"
        case .waiting(let trouble):
            isAlone
                ? "\(place): not sent yet (\(trouble ?? "there was no time")); it stays in the ledger and goes out with the next run"
                : "\(place): written down; the bot that is running sends it within half a minute"
        case .refused(let reason): "\(place): Telegram refuses it: \(reason)"
        case .notOver: "\(place): by its schedule that week is not over yet"
        }
    }

    private static func nobody(_ order: ReportOrder) -> String {
        let schedule =
            switch order.report {
            case .daily: "TIPLINE_DAILY_REPORT, or /schedule daily 09:00 in the chat, changes that"
            case .weekly: "/schedule weekly mon 09:30 in the chat changes that"
            }
        return "no chat wants the \(order.report.rawValue) report; \(schedule)"
    }

    private static func buttons(_ reply: Reply) -> String {
        reply.keyboard.map { row in row.map { "[ \($0.text) ]" }.joined(separator: " ") + "\n" }.joined()
    }
}
