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
}
