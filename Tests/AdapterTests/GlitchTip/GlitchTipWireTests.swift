import Domain
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// The real client before servers that are down, slow, wrong, or send megabytes.
@Suite(.timeLimit(.minutes(5))) struct GlitchTipWireTests {
    private func api(_ base: String) -> GlitchTipAPI {
        GlitchTipAPI(base: base, token: Secret(GlitchTipAPI.token), organization: "admin-ai", http: .curl())
    }

    private func withServer<Answer>(
        _ answer: @escaping @Sendable (RoughConnection, RoughRequest) -> Void,
        _ body: (GlitchTipAPI) async throws -> Answer
    ) async throws -> Answer {
        let server = try RoughServer { connection in
            while let request = connection.receive() { answer(connection, request) }
        }
        defer { server.stop() }
        return try await body(api(server.url))
    }

    private static let json = ["Content-Type: application/json; charset=utf-8"]

    /// As a RecursionError is recorded: 999 frames with their lines and variables.
    private static let hugeEvent: String = {
        let lines = (1...11).map {
            "[\($0), \"        return recurse(depth + 1, cart, order, customer, lines, totals)  # \($0)\"]"
        }
        let frames = (1...999).map { number in
            """
            {"filename": "cart.py", "absPath": "/srv/billing/cart.py", "function": "recurse", "module": "billing.cart",
             "lineNo": 6, "inApp": true, "context_line": "        return recurse(depth + 1)", "context": [\(lines.joined(separator: ","))],
             "vars": {"depth": "\(number)", "cart": "\(String(repeating: "x", count: 700))"}}
            """
        }
        return """
            {"eventID": "f00", "title": "RecursionError: maximum recursion depth exceeded", "tags": [], "entries": [
             {"type": "exception", "data": {"values": [{"type": "RecursionError", "value": "maximum recursion depth exceeded",
              "stacktrace": {"frames": [\(frames.joined(separator: ","))]}}]}}]}
            """
    }()

    @Test func `an event of two megabytes is read whole`() async throws {
        #expect(Self.hugeEvent.utf8.count > 1_800_000)
        let event = try await withServer { connection, _ in
            connection.answer(Self.hugeEvent, headers: Self.json)
        } _: { api in
            try await api.latestEvent(of: Issue.ID(20))
        }
        #expect(event.exceptions.first?.frames.count == 999)
        #expect(event.exceptions.first?.frames.last?.line == 6)
    }

    @Test func `events that are too large together come alone`() async throws {
        let events = try await withServer { connection, request in
            let count = request.line.contains("limit=1 ") ? 1 : 5
            let body = "[" + Array(repeating: Self.hugeEvent, count: count).joined(separator: ",") + "]"
            connection.answer(body, headers: Self.json)
        } _: { api in
            try await api.events(of: Issue.ID(20), limit: 5)
        }
        #expect(events.count == 1)
    }

    @Test func `an event that is too large alone is a plain error, not memory`() async throws {
        try await withServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n[")
        } _: { api in
            await #expect(throws: GlitchTipError.tooLarge) { try await api.latestEvent(of: Issue.ID(20)) }
            await #expect(throws: GlitchTipError.tooLarge) { try await api.events(of: Issue.ID(20), limit: 1) }
        }
    }

    @Test func `what is asked and written arrives as it should`() async throws {
        let issue = try Recording.named("06-resolve").text
        let answer = try await withServer { connection, request in
            let isRight =
                request.line == "PUT /api/0/issues/2/ HTTP/1.1"
                && request.header("authorization") == "Bearer \(GlitchTipAPI.token)"
                && request.header("content-type") == "application/json"
                && String(decoding: request.body, as: UTF8.self) == #"{"status":"resolved"}"#
            connection.answer(issue, status: isRight ? "200 OK" : "400 Bad Request", headers: Self.json)
        } _: { api in
            try await api.set(.resolved, on: Issue.ID(2))
        }
        #expect(answer.status == .resolved)
    }

    @Test(arguments: [
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":",
            "it cannot be reached"
        ),
        ("", "it cannot be reached"), ("SSH-2.0-OpenSSH_9.2\r\n", "it cannot be reached"),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
            "it answered with a web page"
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n",
            "it answered with a web page"
        ),
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 6\r\n\r\n{\"id\":", "its answer about"),
    ])
    func `a bad answer is a plain sentence without the token`(answer: String, words: String) async throws {
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send(answer)
        }
        defer { server.stop() }
        await #expect { try await api(server.url).issue(Issue.ID(1)) } throws: { error in
            let said = (error as? GlitchTipError)?.explanation ?? ""
            return said.hasPrefix(words) && !(said + String(reflecting: error)).contains(GlitchTipAPI.token)
        }
    }

    @Test func `a server that is down cannot be reached`() async throws {
        await #expect { try await api("http://127.0.0.1:1").issue(Issue.ID(1)) } throws: { error in
            (error as? GlitchTipError)?.explanation.hasPrefix("it cannot be reached (") == true
        }
    }

    @Test func `a token with a line break in it goes nowhere`() async throws {
        let broken = GlitchTipAPI(
            base: "http://127.0.0.1:1", token: Secret("abc\r\nX-Evil: 1"), organization: "a", http: .curl())
        await #expect { try await broken.issue(Issue.ID(1)) } throws: { error in
            let said = (error as? GlitchTipError)?.explanation ?? ""
            return said.contains("Authorization") && !said.contains("abc")
        }
    }
}
