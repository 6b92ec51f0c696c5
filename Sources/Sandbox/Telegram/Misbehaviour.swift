extension StandInTelegram {
    /// What can go wrong on the way to Telegram and back.
    package enum Misbehaviour: Sendable, Hashable {
        case tooManyRequests(retryAfter: Int)
        /// A proxy's error page.
        case status(Int)
        /// Half an object, with 200.
        case brokenJSON
        /// A web page with 200, as captive portals answer.
        case webPage
        /// The connection drops before Telegram read anything.
        case hangUpBefore
        /// Telegram does it, and the connection drops before the answer: the bot can't know.
        case hangUpAfterTaking
        /// Does it, and the answer breaks off in the middle.
        case halfAnAnswer
        case slow(Duration)
        case unauthorized
        case conflict
        case forbidden
        case migrated(to: Int64)
        case topicGone
        case unparseable
        /// Any other 400.
        case refused(String)
    }

    struct OrderedFault {
        let fault: Misbehaviour
        let method: Method?
        let chat: Int64?
        let every: Int
        var left: Int
        var calls = 0
    }

    /// Orders a fault for the next calls of a method, or of any; for each second of them with `every: 2`.
    package func misbehave(
        _ fault: Misbehaviour, for method: Method? = nil, in chat: Int64? = nil, times: Int = 1, every: Int = 1
    ) {
        faults.append(OrderedFault(fault: fault, method: method, chat: chat, every: every, left: times))
    }

    /// Takes back what was ordered.
    package func behave() { faults = [] }

    func takeFault(for method: Method, in chat: Int64?) -> Misbehaviour? {
        let index = faults.firstIndex {
            ($0.method ?? method) == method && ($0.chat == nil || $0.chat == chat) && $0.left > 0
        }
        guard let index else { return nil }
        faults[index].calls += 1
        guard faults[index].calls.isMultiple(of: faults[index].every) else { return nil }
        faults[index].left -= 1
        return faults[index].fault
    }

    func spoil(_ fault: Misbehaviour, _ method: Method, _ parameters: Parameters) async throws(Refused) -> Answer {
        switch fault {
        case .tooManyRequests(let seconds): throw .tooMany(seconds)
        case .status(let status): return .html(status, "<html><h1>\(status)</h1></html>")
        case .brokenJSON: return Answer(200, body: Array("{\"ok\":tr".utf8))
        case .webPage: return .html(200, "<html><title>Log in</title></html>")
        case .hangUpBefore: return Self.silence
        case .hangUpAfterTaking:
            _ = try await result(of: method, parameters)
            return Self.silence
        case .halfAnAnswer:
            var answer = Answer.ok(try await result(of: method, parameters))
            answer.delivery = .half
            return answer
        case .slow(let time):
            var answer = Answer.ok(try await result(of: method, parameters))
            answer.delay = time
            return answer
        case .unauthorized: throw Refused(401, "Unauthorized")
        case .conflict: throw .conflict
        case .forbidden: throw Refused(403, "Forbidden: bot was kicked from the supergroup chat")
        case .migrated(let chat): throw .migrated(to: chat)
        case .topicGone: throw .bad("message thread not found")
        case .unparseable: throw .bad("can't parse entities: Unsupported start tag \"x\" at byte offset 0")
        case .refused(let words): throw .bad(words)
        }
    }

    private static var silence: Answer {
        var answer = Answer(200)
        answer.delivery = .none
        return answer
    }
}

extension Refused {
    static let conflict = Refused(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
}
