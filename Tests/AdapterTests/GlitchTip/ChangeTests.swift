import Domain
import Foundation
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// What is written into GlitchTip: a status, a comment. Nothing else.
@Suite struct ChangeTests {
    @Test(arguments: [Issue.Status.resolved, .unresolved, .ignored])
    fileprivate func `a status is set on one issue`(status: Issue.Status) async throws {
        let log = RequestLog()
        let issue = try await GlitchTipAPI(recording: "06-resolve", log: log).set(status, on: Issue.ID(2))
        #expect(issue.id == Issue.ID(2) && issue.status == .resolved && issue.shortID == "SHOP-WEB-2")
        #expect(issue.lastSeen.milliseconds == 1_795_468_460_053)
        let request = try #require(await log.requests.first)
        #expect(request.method == .put)
        #expect(request.url == "http://127.0.0.1:18000/api/0/issues/2/")
        #expect(request.bodyText == #"{"status":"\#(status.rawValue)"}"#)
        #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
    }

    /// GlitchTip's bulk call changes every issue of the organization when it is not told which.
    @Test func `several issues are several requests, and none is nobody's business`() async throws {
        let log = RequestLog()
        let resolve = try Recording.named("06-resolve").response
        let missing = try Recording.named("06-resolve-missing").response
        let api = GlitchTipAPI(log: log) { request, _ in request.path.hasSuffix("/7/") ? missing : resolve }
        let results = await api.set(.resolved, on: [2, 7, 14].map(Issue.ID.init))
        #expect(results.map(\.id.number) == [2, 7, 14])
        #expect(results.map { (try? $0.result.get()) != nil } == [true, false, true])
        #expect(throws: GlitchTipError.notFound) { try results[1].result.get() }
        let requests = await log.requests
        #expect(requests.map(\.url) == ["2", "7", "14"].map { "http://127.0.0.1:18000/api/0/issues/\($0)/" })

        #expect(await api.set(.resolved, on: []).isEmpty)
        #expect(await log.requests.count == 3)
    }

    @Test func `a comment is exactly data and text`() async throws {
        let log = RequestLog()
        let comment = try await GlitchTipAPI(recording: "05-comment-create", log: log)
            .comment("First \"comment\" 🤖 <b>\n", on: Issue.ID(1))
        #expect(comment.id == 1 && comment.author == "alice@example.com")
        #expect(comment.date.milliseconds == 1_795_468_678_965)
        let request = try #require(await log.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "http://127.0.0.1:18000/api/0/issues/1/comments/")
        #expect(request.bodyText == #"{"data":{"text":"First \"comment\" 🤖 <b>\n"}}"#)
    }

    @Test(arguments: [("a\0b", "ab"), ("\0\u{301}", "\u{301}"), ("", ""), ("\0", "")])
    func `a NUL, at which the server fails, is left out`(text: String, sent: String) async throws {
        let log = RequestLog()
        _ = try await GlitchTipAPI(recording: "05-comment-create", log: log).comment(text, on: Issue.ID(1))
        let body = try #require(await log.requests.first?.body)
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: [String: String]]
        #expect(object?["data"]?["text"]?.unicodeScalars.elementsEqual(sent.unicodeScalars) == true)
    }

    @Test func `a comment on an issue that is not there says so`() async throws {
        let api = try GlitchTipAPI(recording: "05-comment-missing-issue")
        await #expect(throws: GlitchTipError.notFound) { try await api.comment("x", on: Issue.ID(999999)) }
        #expect(try await GlitchTipAPI(recording: "05-comments-missing-issue-get").comments(on: Issue.ID(9)) == [])
    }

    @Test(arguments: [
        ("05-comment-ro-token", GlitchTipError.forbidden), ("09-no-token-post-comment", .unauthorized),
        ("05-comment-nul", .server(500)), ("05-comment-bad-text", .refused(422)),
        ("05-comment-org-path", .notGlitchTip),
    ])
    func `a comment may be refused`(recording: String, error: GlitchTipError) async throws {
        let api = try GlitchTipAPI(recording: recording)
        await #expect(throws: error) { try await api.comment("x", on: Issue.ID(1)) }
    }

    @Test func `comments come in pages, newest first`() async throws {
        let log = RequestLog()
        let comments = try await GlitchTipAPI(recording: "05-comments-final", log: log).comments(
            on: Issue.ID(1), limit: 2)
        #expect(comments.count == 2)
        #expect(comments[0].date > comments[1].date)
        #expect(await log.requests.map { $0.parameters("limit") } == [["2"]])
    }
}
