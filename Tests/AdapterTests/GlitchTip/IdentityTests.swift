import Domain
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// Whose token it is and what it may do, as it is asked at start.
@Suite struct IdentityTests {
    @Test func `a good token has an owner and scopes`() async throws {
        let identity = try await GlitchTipAPI(recording: "01-api-root").identity()
        #expect(identity.email == "alice@example.com")
        #expect(identity.scopes.count == 16)
        #expect(identity.missingScopes == [])
        let reader = try await GlitchTipAPI(recording: "09-api-root-ro").identity()
        #expect(reader.missingScopes == ["event:write"])
    }

    /// The server echoes the token; nothing of ours keeps it.
    @Test func `the token that is echoed is not kept`() async throws {
        let recording = try Recording.named("01-api-root")
        let token = String(repeating: "a", count: 64)
        #expect(recording.text.contains(token))
        let identity = try await GlitchTipAPI { _, _ in recording.response }.identity()
        var texts = ["\(identity)", String(reflecting: identity), ""]
        dump(identity, to: &texts[2])
        for text in texts { #expect(!text.contains(token)) }
        // Half of the same answer.
        let broken = GlitchTipAPI(json: String(recording.text.dropLast(20)))
        await #expect { try await broken.identity() } throws: { error in
            error as? GlitchTipError == .malformed("/api/0/") && !String(reflecting: error).contains(token)
        }
    }

    @Test(arguments: ["01-api-root-anon", "01-api-root-badtoken", "09-api-root-none"])
    func `a bad token is answered with 200 and nulls`(recording: String) async throws {
        let api = try GlitchTipAPI(recording: recording)
        // The last one is a good token without any scope.
        if recording == "09-api-root-none" {
            #expect(try await api.identity().missingScopes == Identity.neededScopes)
        } else {
            await #expect(throws: GlitchTipError.unauthorized) { try await api.identity() }
        }
    }

    @Test(arguments: [
        (["org:read", "project:read", "event:read", "event:write"], []),
        (["org:admin", "project:write", "event:admin"], []), (["org:write", "project:admin", "event:write"], []),
        (["org:read", "project:read", "event:read"], ["event:write"]), (["event:admin"], ["org:read", "project:read"]),
        ([], ["org:read", "project:read", "event:read", "event:write"]),
        (
            ["member:admin", "team:admin", "project:releases"],
            ["org:read", "project:read", "event:read", "event:write"]
        ),
    ])
    func `a wider scope holds the narrower ones`(scopes: [String], missing: [String]) async throws {
        let list = scopes.map { "\"\($0)\"" }.joined(separator: ",")
        let api = GlitchTipAPI(json: #"{"user": {"email": "a@x"}, "auth": {"scopes": [\#(list)]}}"#)
        #expect(try await api.identity().missingScopes == missing)
    }

    @Test func `links lead to GlitchTip's own pages, by the organization`() throws {
        let api = GlitchTipAPI(json: "{}")
        #expect(api.link(to: Issue.ID(42)) == "http://127.0.0.1:18000/admin-ai/issues/42")
        #expect(api.link(toMonitor: 3) == "http://127.0.0.1:18000/admin-ai/uptime-monitors/3")
        // As webhooks have them, and unlike `permalink`.
        let webhook = try Recording.named("10-webhook-single-issue-generic").text.replacing("\\/", with: "/")
        #expect(webhook.contains("\"\(api.link(to: Issue.ID(152)))\""))
    }

    @Test(arguments: [
        ("/api/0/", true), ("/api/settings/", true), ("/api/0/organizations/acme/issues/?limit=1", false),
        ("/api/0/issues/2/", false),
    ])
    func `what anybody is answered says nothing about the token`(path: String, isOpen: Bool) {
        #expect(GlitchTipAPI.isOpenToAll(Request(.get, "https://glitchtip.example.com\(path)")) == isOpen)
    }
}
