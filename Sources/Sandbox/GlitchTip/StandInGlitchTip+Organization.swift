import Domain
import FoundationEssentials

extension StandInGlitchTip {
    private static let founded = Date(timeIntervalSince1970: 1_760_000_000)

    /// Answers anybody, and a good token with what it may do. It echoes the token.
    func root(_ call: RoutedCall) -> Answer {
        let text = bearer(call.question) ?? ""
        guard let token = tokens[text], let account = call.account else {
            return .json(200, ["version": "0", "user": nil, "auth": nil])
        }
        return .json(
            200,
            [
                "version": "0", "user": wire(account),
                "auth": [
                    "id": .int(token.id), "label": .string(token.label),
                    "scopes": .array(token.scopes.map(JSON.string)), "token": .string(text),
                    "created": WireTime.text(Self.founded),
                ],
            ])
    }

    func settings() -> Answer {
        .json(
            200,
            [
                "socialApps": [], "billingEnabled": false, "iPaidForGlitchTip": false, "enableUserRegistration": true,
                "enableSocialAppsUserRegistration": true, "enableOrganizationCreation": true, "stripePublicKey": nil,
                "plausibleUrl": nil, "plausibleDomain": nil, "chatwootWebsiteToken": nil, "sentryDSN": nil,
                "sentryTracesSampleRate": 0.01, "environment": nil, "version": "5.2.x-stand-in",
                "serverTimeZone": "UTC", "glitchtipInstanceName": nil,
            ])
    }

    func organizations(_ call: RoutedCall) -> Answer {
        list(isMember(call, of: organization.slug) ? [organizationWire] : [], call)
    }

    func organizationDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        try requireMember(call, of: call.gaps[0])
        let teams: JSON = [
            [
                "id": "1", "slug": "developers", "dateCreated": WireTime.text(Self.founded), "isMember": true,
                "memberCount": .int(accounts.count),
            ]
        ]
        return .json(
            200,
            organizationWire.merging([
                "projects": .array(projects.map { wire($0).merging(["teams": [["id": "1", "slug": "developers"]]]) }),
                "teams": teams, "access": .array(AccessToken.everything.map(JSON.string)), "openMembership": true,
            ]))
    }

    /// All of the account's, or one organization's; one that is not there has none.
    func projectList(_ call: RoutedCall) -> Answer {
        guard isMember(call, of: call.gaps.first ?? organization.slug) else { return list([], call) }
        let rows = projects.sorted { $0.slug < $1.slug }.map { project in
            wire(project).merging(
                call.gaps.isEmpty
                    ? ["organization": organizationWire] : ["teams": [["id": "1", "slug": "developers"]]])
        }
        return list(rows, call)
    }

    func projectDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        guard isMember(call, of: call.gaps[0]), let project = projects.first(where: { $0.slug == call.gaps[1] }) else {
            throw .notFound
        }
        return .json(200, wire(project).merging(["organization": organizationWire]))
    }

    func members(_ call: RoutedCall) throws(Denied) -> Answer {
        try requireMember(call, of: call.gaps[0])
        let rows = accounts.filter { $0.organization == nil }.sorted { $0.id > $1.id }.map { account -> JSON in
            [
                "id": .string(String(account.id)), "role": .string(account.role),
                "roleName": .string(account.role.prefix(1).uppercased() + account.role.dropFirst()),
                "dateCreated": WireTime.text(Self.founded), "email": .string(account.email), "user": wire(account),
                "pending": false, "isOwner": .bool(account.role == "owner"),
            ]
        }
        return list(rows, call)
    }

    /// A list that fits on one page.
    private func list(_ rows: [JSON], _ call: RoutedCall) -> Answer {
        Paging().page(rows, isDescending: false, call.question) { _ in
            .number(0)
        } wire: {
            $0
        }.answer
    }

    private func wire(_ account: Account) -> JSON {
        [
            "id": .string(String(account.id)),
            "options": [
                "timezone": nil, "stacktraceOrder": nil, "language": nil, "clock24Hours": nil, "preferredTheme": nil,
            ],
            "username": .string(account.email), "dateJoined": WireTime.text(Self.founded),
            "email": .string(account.email), "hasPasswordAuth": true, "identities": [], "lastLogin": nil,
            "isSuperuser": .bool(account.role == "owner"), "isActive": true, "name": .string(account.name),
        ]
    }

    private var organizationWire: JSON {
        [
            "name": .string(organization.name), "id": "1", "dateCreated": WireTime.text(Self.founded),
            "status": ["id": "active", "name": "active"], "avatar": ["avatarType": "", "avatarUuid": nil],
            "isEarlyAdopter": false, "require2fa": false, "slug": .string(organization.slug),
            "isAcceptingEvents": true, "eventThrottleRate": 0,
        ]
    }

    private func wire(_ project: Project) -> JSON {
        let first = issues.values.filter { $0.project.id == project.id }.map(\.firstSeen).min()
        return [
            "name": .string(project.name), "slug": .string(project.slug), "id": .string(String(project.id)),
            "avatar": ["avatarType": "", "avatarUuid": nil], "color": "", "features": [], "hasAccess": true,
            "isBookmarked": false, "isInternal": false, "isMember": true, "isPublic": false, "scrubIPAddresses": true,
            "dateCreated": WireTime.text(Self.founded), "platform": .optional(project.platform),
            "firstEvent": first.map(WireTime.text) ?? nil, "eventThrottleRate": 0,
        ]
    }
}
