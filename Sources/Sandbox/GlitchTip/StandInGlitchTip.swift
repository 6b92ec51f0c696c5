import Domain
import FoundationEssentials

/// A small GlitchTip on loopback that answers as the recorded one does, quirks included.
package actor StandInGlitchTip {
    package nonisolated let token: String
    package nonisolated let organization: Organization

    nonisolated let now: @Sendable () -> Date
    /// What it takes for its own address: in permalinks and webhooks.
    package internal(set) var url = "http://127.0.0.1"
    var accounts: [Account]
    var tokens: [String: AccessToken] = [:]
    var projects: [Project] = []
    var issues: [Int: StoredIssue] = [:]
    var releases: [StoredRelease] = []
    var monitors: [Monitor] = []
    var lastIssue = 0
    var lastComment = 0
    var faults: [OrderedFault] = []
    /// Every request, for tests that count.
    package private(set) var requests: [Arrival] = []

    package struct Arrival: Sendable, Hashable {
        package let method: String
        /// With its query, as it came.
        package let path: String
    }

    package init(
        token: String = String(repeating: "5a", count: 32),
        organization: Organization = .init(slug: "demo-shop", name: "Demo Shop"),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.token = token
        self.organization = organization
        self.now = now
        accounts = [Account(id: 1, email: "tipline@demo-shop.example", name: "Tipline", role: "owner")]
        tokens = [token: AccessToken(id: 1, label: "Tipline", scopes: AccessToken.everything, account: 1)]
    }

    package nonisolated func serve(
        port: Int = 0, listening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        try await StandIn.serve(
            port: port,
            listening: { port in
                await self.move(to: "http://127.0.0.1:\(port)")
                await listening(port)
            }
        ) { await self.answer($0) }
    }

    private func move(to url: String) { self.url = url }

    /// Also for tests that need no network between.
    package func answer(_ question: Question) -> Answer {
        requests.append(Arrival(method: question.method, path: question.uri))
        let fault = takeFault(question)
        if let fault, let answer = fault.replacement { return answer }
        var answer = route(question)
        fault?.spoil(&answer)
        return answer
    }

    package func forgetRequests() { requests = [] }
}

extension StandInGlitchTip {
    package struct Account: Sendable, Hashable {
        package let id: Int
        package let email: String
        package let name: String
        package let role: String
        /// Nil: in the organization of the stand-in.
        package var organization: String?

        package init(id: Int, email: String, name: String, role: String, organization: String? = nil) {
            self.id = id
            self.email = email
            self.name = name
            self.role = role
            self.organization = organization
        }
    }

    struct AccessToken {
        static let everything = [
            "project:read", "project:write", "project:admin", "project:releases", "team:read", "team:write",
            "team:admin", "event:read", "event:write", "event:admin", "org:read", "org:write", "org:admin",
            "member:read", "member:write", "member:admin",
        ]

        let id: Int
        let label: String
        let scopes: [String]
        let account: Int
    }

    struct StoredComment {
        let id: Int
        let account: Int
        let date: Date
        var text: String
    }

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

    private func takeFault(_ question: Question) -> Misbehaviour? {
        let index = faults.firstIndex {
            $0.left > 0 && ($0.method ?? question.method) == question.method && question.path.contains($0.part)
        }
        guard let index else { return nil }
        faults[index].left -= 1
        return faults[index].fault
    }
}
