import Domain
import FoundationEssentials
import HTTP

/// GlitchTip's API, one method a call. The client given asks again by itself where that is safe.
///
/// Every method throws a `GlitchTipError`, or `CancellationError`.
package struct GlitchTipAPI: Sendable {
    let door: Door
    let organization: String

    /// `base` without a slash at its end.
    package init(base: String, token: Secret, organization: String, http: Client) {
        door = Door(base: base, token: token, http: http)
        self.organization = organization
    }

    /// The organization's part of the API.
    var ours: String { "/api/0/organizations/\(Door.escape(organization))" }

    /// Where people see an issue. GlitchTip's own `permalink` has the project where the organization belongs.
    package func link(to issue: Issue.ID) -> String { "\(page)/issues/\(issue)" }

    package func link(toMonitor monitor: Int) -> String { "\(page)/uptime-monitors/\(monitor)" }

    private var page: String { "\(door.base)/\(Door.escape(organization))" }

    package func organizations() async throws -> [Organization] {
        struct Wire: Decodable {
            let slug: String
            let name: String?
        }
        return try await door.all("/api/0/organizations/", as: Wire.self)
            .map { Organization(slug: $0.slug, name: $0.name ?? $0.slug) }
    }

    package func projects() async throws -> [Project] {
        try await door.all("\(ours)/projects/", as: WireProject.self).map(\.project)
    }

    package func members() async throws -> [Member] {
        struct Wire: Decodable {
            let id: WireNumber
            let email: String?
            let role: String?
        }
        return try await door.all("\(ours)/members/", as: Wire.self)
            .map { Member(id: $0.id.value, email: $0.email ?? "", role: $0.role ?? "member") }
    }

    /// The server's version; needs no token.
    package func version() async throws -> String? {
        struct Wire: Decodable { let version: String? }
        return try await door.get("/api/settings/", as: Wire.self).version
    }
}

/// For whoever watches what goes to and fro.
extension GlitchTipAPI {
    /// Whether an answer says that the token is wrong: 401, or "CSRF check Failed" on a write. Without JSON it is the word of
    /// a proxy, or of GlitchTip for a bad path.
    package static func knowsNoToken(_ response: Response) -> Bool {
        guard Door.isJSON(response) else { return false }
        return response.status == 401
            || (response.status == 403 && String(decoding: response.body.prefix(200), as: UTF8.self).contains("CSRF"))
    }

    /// Whether GlitchTip answers this to anybody, so that a good answer says nothing about the token.
    package static func isOpenToAll(_ request: Request) -> Bool {
        ["/api/0/", "/api/settings/"].contains { request.url.hasSuffix($0) }
    }
}

/// Whose token it is, and what it may do.
package struct Identity: Sendable, Hashable {
    /// What Tipline needs: to read, to comment and to set a status.
    package static let neededScopes = ["org:read", "project:read", "event:read", "event:write"]

    package let email: String
    package let scopes: Set<String>

    package var missingScopes: [String] {
        Self.neededScopes.filter { needed in
            // A wider scope holds the narrower ones.
            let kind = needed.prefix { $0 != ":" }
            let isRead = needed.hasSuffix(":read")
            return !scopes.contains(needed) && !scopes.contains("\(kind):admin")
                && !(isRead && scopes.contains("\(kind):write"))
        }
    }
}

extension GlitchTipAPI {
    /// Checks the token. A bad one is answered with 200 and nulls, and a good one is echoed: the body is never shown.
    package func identity() async throws -> Identity {
        struct Wire: Decodable {
            let user: User?
            let auth: Auth?

            struct User: Decodable { let email: String? }
            struct Auth: Decodable { let scopes: [String]? }
        }
        let wire = try await door.get("/api/0/", as: Wire.self)
        guard let user = wire.user, let auth = wire.auth else { throw GlitchTipError.unauthorized }
        return Identity(email: user.email ?? "", scopes: Set(auth.scopes ?? []))
    }
}
