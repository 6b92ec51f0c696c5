import Domain
import FoundationEssentials

/// The issues of the stand-in world, whose frames lie in the sample shop.
package struct SampleIssues {
    private let now: Date

    package init(now: Date) { self.now = now }

    package func fill(_ glitchtip: StandInGlitchTip) async throws {
        await glitchtip.add(Project(id: 1, slug: "shop-web", name: "Shop Web", platform: "node"))
        await glitchtip.add(Project(id: 2, slug: "billing-api", name: "Billing API", platform: "python"))
        await glitchtip.add(Project(id: 3, slug: "mobile-app", name: "Mobile App", platform: "cocoa"))
        await glitchtip.add(
            1, title: "TypeError: Cannot read properties of undefined (reading 'price')", status: .resolved, count: 40,
            firstSeen: ago(29 * 24), lastSeen: ago(27 * 24))
        await glitchtip.addComment(
            "Items whose offer has ended have no offer: use the list price then, as prices.js does now.",
            on: Domain.Issue.ID(1), at: ago(26.9 * 24))
        await glitchtip.add(2, in: "shop-web", events: [try voucher(hoursAgo: 1)], count: 212, firstSeen: ago(60))
    }

    private func ago(_ hours: Double) -> Date { now.addingTimeInterval(-hours * 3600) }

    /// Issue 2: one commit changed exactly the line of the crash.
    private func voucher(hoursAgo: Double) throws -> Domain.Event {
        let crash = try ShopHistory.web.line("offers.cached(", in: "lib/cart.js", at: "v2.3.1")
        let total = try ShopHistory.web.line("- discount(cart)", in: "lib/cart.js", at: "v2.3.1")
        return Domain.Event(
            id: StandInGlitchTip.eventID(2, 1), date: ago(hoursAgo),
            title: "TypeError: Cannot read properties of undefined (reading 'percent')", platform: "node",
            transaction: "GET /cart",
            exceptions: [
                .init(
                    type: "TypeError", value: "Cannot read properties of undefined (reading 'percent')",
                    frames: [
                        .init(
                            filename: "/srv/shop/lib/cart.js", function: "total", line: total.number, column: 27,
                            isInApp: true, contextLine: total.text),
                        .init(
                            filename: "/srv/shop/lib/cart.js", function: "discount", line: crash.number, column: 68,
                            isInApp: true, contextLine: crash.text),
                    ])
            ],
            tags: [.init(key: "release", value: "shop-web@2.3.1"), .init(key: "environment", value: "production")])
    }
}
