extension StandInGlitchTip {
    /// What can go wrong between GlitchTip and us.
    package enum Misbehaviour: Sendable, Hashable {
        /// GlitchTip's own fault, or its proxy's.
        case status(Int)
        case slow(Duration)
        /// A log-in page with 200.
        case webPage
        /// The answer breaks off in the middle.
        case halfAnAnswer
        /// The connection drops before an answer.
        case hangUp
        /// Something that begins like JSON.
        case brokenJSON
        /// The token was revoked.
        case unauthorized

        var replacement: Answer? {
            switch self {
            case .status(let status): return .html(status, Page.serverError)
            case .webPage: return .html(200, Page.app)
            case .brokenJSON:
                return Answer(
                    200, headers: [("Content-Type", "application/json; charset=utf-8")], body: Array("{\"id\": ".utf8))
            case .unauthorized: return .json(401, ["detail": "Unauthorized"])
            case .hangUp:
                var answer = Answer(200)
                answer.delivery = .none
                return answer
            case .slow, .halfAnAnswer: return nil
            }
        }

        func spoil(_ answer: inout Answer) {
            switch self {
            case .slow(let time): answer.delay = time
            case .halfAnAnswer: answer.delivery = .half
            default: break
            }
        }
    }

    struct OrderedFault {
        let fault: Misbehaviour
        let method: String?
        let part: String
        var left: Int
    }

    /// Orders a fault for the next requests whose path holds `part`.
    package func misbehave(
        _ fault: Misbehaviour, method: String? = nil, for part: String = "/", times: Int = 1
    ) {
        faults.append(OrderedFault(fault: fault, method: method, part: part, left: times))
    }

    /// Takes back what was ordered.
    package func behave() { faults = [] }

    func takeFault(_ question: Question) -> Misbehaviour? {
        let index = faults.firstIndex {
            $0.left > 0 && ($0.method ?? question.method) == question.method && question.path.contains($0.part)
        }
        guard let index else { return nil }
        faults[index].left -= 1
        return faults[index].fault
    }
}
