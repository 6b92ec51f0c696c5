import Domain
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// What GlitchTip's refusals become; each has been recorded.
@Suite struct GlitchTipErrorTests {
    private func error(_ response: Response) async -> GlitchTipError? {
        do {
            _ = try await GlitchTipAPI { _, _ in response }.issue(Issue.ID(1))
            return nil
        } catch {
            return error as? GlitchTipError
        }
    }

    @Test(arguments: [
        ("09-bad-token", GlitchTipError.unauthorized), ("09-no-token", .unauthorized),
        // A write with a bad token: "CSRF check Failed".
        ("09-bad-token-put", .unauthorized), ("09-bad-token-post", .unauthorized),
        ("09-bad-token-delete", .unauthorized),
        ("06-resolve-ro-token", .forbidden), ("05-comment-ro-token", .forbidden),
        ("09-scope-missing-issues", .forbidden),
        // "CSRF verification failed" on a web page: a path that is not there, or lacks its last slash.
        ("01-no-trailing-slash-put", .notGlitchTip), ("05-comment-no-slash", .notGlitchTip),
        ("05-comment-org-path", .notGlitchTip), ("06-project-path-resolve", .notGlitchTip),
        ("03-issue-detail-missing", .notFound), ("06-resolve-missing", .notFound), ("02-issues-missing-org", .notFound),
        ("03-org-shortids", .notGlitchTip), ("04-org-eventids", .notGlitchTip),
        ("03-org-issue-detail", .notGlitchTip), ("05-comment-get-one", .notGlitchTip),
        // The web app answers 200 for paths that the API does not have.
        ("03-issue-detail-bogus-id", .notGlitchTip), ("04-org-issue-events", .notGlitchTip),
        ("05-comment-org-path-get", .notGlitchTip), ("08-issue-activities", .notGlitchTip),
        ("01-no-trailing-slash", .notGlitchTip), ("04-event-json-redirect", .notGlitchTip),
        ("06-status-bad-json", .refused(400)), ("06-status-bogus", .refused(422)),
        ("07-stats-v2-too-many", .refused(422)),
        ("02-issues-cursor-bogus", .refused(422)),
        ("02-issues-apostrophe", .server(500)), ("02-issues-nul", .server(500)), ("06-status-empty-body", .server(500)),
        ("05-comment-bad-data-empty", .server(500)),
    ])
    func `a recorded refusal is`(recording: String, expected: GlitchTipError) async throws {
        #expect(await error(try Recording.named(recording).response) == expected)
    }

    @Test func `every recorded refusal is an error in plain words`() async {
        let refusals = Recording.all("").filter { recording in
            let isJSON = recording.response.header("Content-Type")?.hasPrefix("application/json") ?? false
            return recording.status >= 300 || (recording.status > 0 && recording.status != 204 && !isJSON)
        }
        #expect(refusals.count == 176)
        for refusal in refusals {
            let error = await error(refusal.response)
            let words = error?.explanation ?? ""
            #expect(
                (words.hasSuffix(".") || words.hasSuffix("?")) && words.utf8.count < 100, "\(refusal.name): \(words)")
            #expect(!words.contains("<") && !words.contains("{"), "\(refusal.name): \(words)")
        }
    }

    @Test(arguments: [
        (Response.json(#"{"detail":"Invalid Url"}"#, status: 422), GlitchTipError.refused(422)),
        (.json("{}", status: 409), .refused(409)), (.json("{}", status: 413), .refused(413)),
        (.json(#"{"detail":"Too many requests"}"#, status: 429), .busy),
        (Response(status: 502, body: Array("<html>Bad Gateway".utf8)), .busy), (Response(status: 503), .busy),
        (Response(status: 504), .busy), (.json("{}", status: 500), .server(500)), (Response(status: 599), .server(599)),
        // A proxy's own log-in.
        (Response(status: 401, headers: [("Content-Type", "text/html")]), .notGlitchTip),
        (Response(status: 200), .notGlitchTip),
        (Response(status: 200, headers: [("content-type", "TEXT/HTML")], body: Array("<html>".utf8)), .notGlitchTip),
        // JSON, but not an issue.
        (.json(""), .malformed("/api/0/issues/1/")), (.json("{"), .malformed("/api/0/issues/1/")),
        (.json("[]"), .malformed("/api/0/issues/1/")), (.json("null"), .malformed("/api/0/issues/1/")),
        (.json(#"{"detail":"ok"}"#), .malformed("/api/0/issues/1/")),
        (.json(#"{"id":"one"}"#), .malformed("/api/0/issues/1/")),
        (.json(String(repeating: "[", count: 100_000)), .malformed("/api/0/issues/1/")),
        (.json("{\"id\": \"1\", \"title\": \"half an answ"), .malformed("/api/0/issues/1/")),
    ])
    func `a proxy or another server is told from GlitchTip`(response: Response, expected: GlitchTipError) async {
        #expect(await error(response) == expected)
    }

    @Test(arguments: [
        (Failure.Kind.unreachable, GlitchTipError.unreachable("Could not resolve host: glitchtip")),
        (.timedOut, .unreachable("Could not resolve host: glitchtip")),
        (.broken, .unreachable("Could not resolve host: glitchtip")),
        (.refused, .unreachable("Could not resolve host: glitchtip")), (.tooLarge(limit: 8), .tooLarge),
    ])
    func `without an answer it cannot be reached`(kind: Failure.Kind, expected: GlitchTipError) async {
        let api = GlitchTipAPI { _, _ in throw Failure(kind, "Could not resolve host: glitchtip") }
        await #expect(throws: expected) { try await api.issue(Issue.ID(1)) }
    }

    @Test func `a cancelled question stays cancelled`() async {
        let api = GlitchTipAPI { _, _ in throw CancellationError() }
        await #expect(throws: CancellationError.self) { try await api.issue(Issue.ID(1)) }
    }

    @Test func `is told in plain words`() {
        let errors: [(GlitchTipError, String)] = [
            (.unreachable("Connection refused"), "it cannot be reached (Connection refused)."),
            (.unauthorized, "it does not know my token. Somebody must set GLITCHTIP_TOKEN anew."),
            (.forbidden, "my token may not do that. It needs another scope."), (.notFound, "it does not have that."),
            (.notGlitchTip, "it answered with a web page instead of data. Is GLITCHTIP_URL right?"),
            (.busy, "it is too busy. Try again in a minute."),
            (.server(500), "it failed (error 500). Try again in a minute."),
            (.refused(422), "it refused (422)."), (.tooLarge, "its answer is too large."),
            (.malformed("an event"), "its answer about an event cannot be read."),
        ]
        for (error, words) in errors { #expect(error.explanation == words) }
    }

    /// The token is sent, and is nowhere else: not in the address, not in an error, not in the API's own description.
    @Test func `the token stays in its header`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, _ in .json(#"{"detail":"\#(GlitchTipAPI.token)"}"#, status: 500) }
        var texts = ["\(api)", String(reflecting: api)]
        dump(api, to: &texts[0])
        do { _ = try await api.issue(Issue.ID(1)) } catch {
            texts += ["\(error)", String(reflecting: error), (error as? GlitchTipError)?.explanation ?? ""]
        }
        let request = try #require(await log.requests.first)
        #expect(request.headers.contains { $0 == ("Authorization", "Bearer \(GlitchTipAPI.token)") })
        texts += [request.url, request.bodyText]
        #expect(texts.count == 7)
        for text in texts { #expect(!text.contains(GlitchTipAPI.token)) }
    }
}
