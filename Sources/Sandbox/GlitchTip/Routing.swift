import FoundationEssentials

/// A request that found its route.
struct RoutedCall {
    let question: Question
    /// What stood in the path's gaps, in order.
    let gaps: [String]
    let account: StandInGlitchTip.Account?

    func int(_ index: Int) -> Int { Int(gaps[index]) ?? Int.max }
}

/// GlitchTip's "no".
struct Denied: Error {
    let answer: Answer

    static let notFound = Denied(answer: .json(404, ["detail": "Not Found"]))
    static let serverError = Denied(answer: .html(500, Page.serverError))
    static let unreadable = Denied(answer: .json(400, ["detail": "Cannot parse request body"]))
    static let noIssue = Denied(answer: .json(400, ["detail": "Issue does not exist"]))
    static let noComment = Denied(answer: .json(400, ["detail": "Comment does not exist"]))

    static func invalid(_ details: JSON...) -> Denied { Denied(answer: .json(422, ["detail": .array(details)])) }

    /// As pydantic words it.
    static func detail(_ type: String, _ place: [JSON], _ words: String, context: JSON? = nil) -> JSON {
        .fields(["type": .string(type), "loc": .array(place), "msg": .string(words), "ctx": context])
    }
}

/// One method of one address.
struct Route: Sendable {
    /// `{n}` stands for a number, `{}` for any part.
    let pattern: [String]
    let method: String
    /// One of these the token must have; nil when it is not even asked for a token, empty when any token will do.
    let scopes: [String]?
    let handle: @Sendable (isolated StandInGlitchTip, RoutedCall) throws(Denied) -> Answer

    init(
        _ method: String, _ pattern: String, _ scopes: [String]?,
        _ handle: @escaping @Sendable (isolated StandInGlitchTip, RoutedCall) throws(Denied) -> Answer
    ) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        self.scopes = scopes
        self.handle = handle
    }

    func gaps(in parts: [String]) -> [String]? {
        guard parts.count == pattern.count else { return nil }
        var gaps: [String] = []
        for (part, expected) in zip(parts, pattern) {
            switch expected {
            case "{n}":
                guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
                gaps.append(part)
            case "{}": gaps.append(part)
            default: guard part == expected else { return nil }
            }
        }
        return gaps
    }
}

extension StandInGlitchTip {
    func route(_ question: Question) -> Answer {
        let parts = question.path.split(separator: "/").map(String.init)
        let found = Self.routes.compactMap { route in route.gaps(in: parts).map { (route, $0) } }
        guard !found.isEmpty else { return unknown(question) }
        guard question.path.hasSuffix("/") else {
            return question.method == "GET"
                ? .html(301, "", headers: [("Location", question.path + "/")]) : .html(403, Page.forbidden)
        }
        guard let (route, gaps) = found.first(where: { $0.0.method == question.method }) else {
            // Django's words and not the API's: no JSON.
            let allowed = found.map(\.0.method).joined(separator: ", ")
            return .html(405, "Method not allowed", headers: [("Allow", allowed)])
        }
        do throws(Denied) {
            let account = try authorize(question, route)
            return try route.handle(self, RoutedCall(question: question, gaps: gaps, account: account))
        } catch {
            return error.answer
        }
    }

    /// The web client takes every address that looks like one of its pages.
    private func unknown(_ question: Question) -> Answer {
        guard question.method == "GET" else { return .html(403, Page.forbidden) }
        let pages = ["/issues", "/projects", "/settings", "/releases", "/performance", "/uptime-monitors", "/login"]
        return pages.contains { question.path.contains($0) } ? .html(200, Page.app) : .html(404, Page.notFound)
    }

    private func authorize(_ question: Question, _ route: Route) throws(Denied) -> Account? {
        let token = bearer(question).flatMap { tokens[$0] }
        let account = token.flatMap { token in accounts.first { $0.id == token.account } }
        guard let scopes = route.scopes else { return account }
        guard let token, let account else {
            throw Denied(
                answer: question.method == "GET"
                    ? .json(401, ["detail": "Unauthorized"]) : .json(403, ["detail": "CSRF check Failed"]))
        }
        guard scopes.isEmpty || scopes.contains(where: token.scopes.contains) else {
            throw Denied(answer: .json(403, ["detail": "Permission denied"]))
        }
        return account
    }

    func bearer(_ question: Question) -> String? {
        guard let header = question.header("Authorization") else { return nil }
        let words = header.split(separator: " ", omittingEmptySubsequences: false)
        return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }

    /// Whether the account may see the organization of this name.
    func isMember(_ call: RoutedCall, of slug: String) -> Bool {
        guard let account = call.account else { return false }
        return (account.organization ?? organization.slug) == slug && slug == organization.slug
    }

    func requireMember(_ call: RoutedCall, of slug: String) throws(Denied) {
        guard isMember(call, of: slug) else { throw .notFound }
    }

    /// The body, which must be a JSON object.
    func body(_ call: RoutedCall) throws(Denied) -> JSON {
        guard !call.question.body.isEmpty else {
            throw .invalid(Denied.detail("missing", ["body", "payload"], "Field required"))
        }
        guard let body = try? JSON(parsing: call.question.body), body.object != nil else { throw .unreadable }
        return body
    }
}
