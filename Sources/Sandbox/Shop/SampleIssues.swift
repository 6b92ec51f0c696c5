import Domain
import FoundationEssentials

/// The issues of the stand-in world. Their frames lie in the sample shop, and their times before the world's now.
package struct SampleIssues {
    let now: Date

    package init(now: Date) { self.now = now }

    /// What an event holds and nobody may ever see: not in the chat, not in a comment, not in a log.
    package static let secrets = [
        "planted-bearer-7Qm2xV9Lk4Tz8Rw1", "planted-session-c0ffee5e55", "planted-password-hunter2",
        "planted-query-token-91f3aa", "mia.keller@customers.example", "4111 1111 1111 1111",
    ]

    package func fill(_ glitchtip: StandInGlitchTip) async throws {
        for project in [
            Project(id: 1, slug: "shop-web", name: "Shop Web", platform: "node"),
            Project(id: 2, slug: "billing-api", name: "Billing API", platform: "python"),
            Project(id: 3, slug: "mobile-app", name: "Mobile App", platform: "cocoa"),
        ] { await glitchtip.add(project) }
        await glitchtip.add(
            .init(id: 2, email: "grace@shop.example", name: "Grace Okafor", role: "member"))

        for issue in try webIssues() + billingIssues() + [hostileIssue, mobileIssue] {
            await glitchtip.add(
                issue.id, in: issue.project, events: issue.events, level: issue.level, status: issue.status,
                count: issue.count, firstSeen: issue.firstSeen)
        }
        await glitchtip.addComment(
            "`offers.find` gives nothing for a code that does not exist. An unknown voucher counts as none now "
                + "(`|| offers.NONE` in lib/cart.js). Grace",
            on: Issue.ID(1), by: 2, at: ago(days: 55))
    }

    /// One issue and the events that are left of it.
    struct Sample {
        let id: Int
        let project: String
        var level = Issue.Level.error
        var status = Issue.Status.unresolved
        /// Oldest first.
        let events: [Event]
        let count: Int
        let firstSeen: Date
    }

    func ago(days: Double) -> Date { now.addingTimeInterval(-days * 86400) }

    /// Tags as SDKs send them, for one of a few customers and servers.
    static func tags(release: String, number: Int = 0, environment: String = "production") -> [Tag] {
        [
            Tag(key: "release", value: release), Tag(key: "environment", value: environment),
            Tag(key: "server_name", value: "web-\(number % 2 + 1)"), Tag(key: "user.id", value: String(4100 + number)),
            Tag(key: "browser.name", value: number % 3 == 0 ? "Firefox" : "Chrome"),
        ]
    }

    /// A frame of `shop-web`, at the line that holds this text.
    static func web(
        _ path: String, _ function: String, at text: String, when commit: String = "v2.3.1"
    ) throws -> Frame {
        let line = try ShopHistory.web.line(text, in: path, at: commit)
        return Frame(
            filename: "/srv/shop/\(path)", absolutePath: "/srv/shop/\(path)", function: function,
            module: path.replacing("/", with: ".").replacing(".js", with: ""), line: line.number,
            column: line.text.prefix { $0 == " " }.count + 1, isInApp: true, contextLine: line.text)
    }

    /// A frame of a library of Node's.
    static func library(_ path: String, _ function: String, _ line: Int) -> Frame {
        Frame(
            filename: "/srv/shop/node_modules/\(path)", absolutePath: "/srv/shop/node_modules/\(path)",
            function: function, line: line, column: 5, isInApp: false)
    }

    static let express = [
        library("express/lib/router/layer.js", "Layer.handle [as handle_request]", 95),
        library("express/lib/router/route.js", "next", 149),
    ]
}
