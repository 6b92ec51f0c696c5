import Domain
import FoundationEssentials
import Storage
import Testing

/// What GlitchTip counted and knew, for when it has forgotten.
@Suite struct LedgerHistoryTests {
    private static let web = Project(id: 1, slug: "shop-web", name: "Shop Web")
    private static let billing = Project(id: 2, slug: "billing-api", name: "Billing")

    private static func release(_ version: String, _ projects: [String] = ["shop-web"], at seconds: Double) -> Release {
        Release(version: version, projects: projects, firstSeen: .start.plus(seconds))
    }

    @Test func `projects keep their names, also new ones`() async throws {
        try await withLedger { ledger in
            try await ledger.keep([Self.web, Self.billing])
            try await ledger.keep([Project(id: 1, slug: "web", name: "Web")])
            #expect(try await ledger.projects().map(\.slug) == ["billing-api", "web"])
            #expect(try await ledger.projects().map(\.id) == [2, 1])
        }
    }

    @Test func `a release is kept from the first time that it was seen`() async throws {
        try await withLedger { ledger in
            try await ledger.keep([Self.release("2.3.1", at: 100), Self.release("2.3.0", at: 10)])
            // GlitchTip had forgotten it, and an old device sent an event of it.
            try await ledger.keep([Self.release("2.3.0", at: 5000), Self.release("2.3.1", at: 90)])
            try await ledger.keep([Release(version: "never seen", projects: ["shop-web"])])
            let found = try await ledger.releases(from: .start, to: .start.plus(1000), in: [Self.web])
            #expect(found == [Self.release("2.3.1", at: 90), Self.release("2.3.0", at: 10)])
        }
    }

    @Test func `of a release of several projects each knows, and all together name it once`() async throws {
        try await withLedger { ledger in
            try await ledger.keep([
                Self.release("v1", ["shop-web", "billing-api"], at: 1), Self.release("v2", [], at: 2),
            ])
            for projects in [[Self.web], [Self.billing], [Self.web, Self.billing]] {
                let found = try await ledger.releases(from: .start, to: .start.plus(10), in: projects)
                #expect(found.map(\.version) == ["v1"])
            }
            #expect(try await ledger.releases(from: .start, to: .start.plus(10), in: []) == [])
        }
    }

    @Test func `the span has its beginning in it, and not its end`() async throws {
        try await withLedger { ledger in
            try await ledger.keep([0, 3600, 7200].map { Self.release("at \($0)", at: $0) })
            let found = try await ledger.releases(from: .start, to: .start.plus(7200), in: [Self.web])
            #expect(found.map(\.version) == ["at 3600.0", "at 0.0"])
        }
    }

    @Test func `hours of several projects are counted together, of others not`() async throws {
        try await withLedger { ledger in
            let hour = Date(timeIntervalSince1970: 1_700_002_800)
            try await ledger.keep([hour: 3, hour.plus(3600): 4], ofProject: 1)
            try await ledger.keep([hour: 5], ofProject: 2)
            try await ledger.keep([hour: 100], ofProject: 3)
            let end = hour.plus(7200)
            #expect(
                try await ledger.hours(from: hour, to: end, in: [Self.web, Self.billing])
                    == [hour: 8, hour.plus(3600): 4])
            #expect(try await ledger.hours(from: hour.plus(1), to: end, in: [Self.web]) == [hour.plus(3600): 4])
        }
    }

    @Test func `releases are forgotten after a year and more`() async throws {
        try await withLedger { ledger in
            try await ledger.keep([Self.release("old", at: 0), Self.release("new", at: 400 * 86_400)])
            try await ledger.prune(before: .start.plus(390 * 86_400))
            let found = try await ledger.releases(from: .start, to: .start.plus(500 * 86_400), in: [Self.web])
            #expect(found.map(\.version) == ["new"])
        }
    }
}
