import Domain
import Foundation
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// Events by the hour, from a server that counts days and minutes wrong and leaves hours out.
@Suite struct StatisticsTests {
    private static let midnight = 1_795_392_000  // 2026-11-23 00:00 UTC

    private func perHour(_ recording: String, from start: Int = 0, to end: Int) async throws -> [Int: Int] {
        let counts = try await GlitchTipAPI(recording: recording)
            .eventsPerHour(from: .utc(Self.midnight + start * 3600), to: .utc(Self.midnight + end * 3600))
        return Dictionary(
            uniqueKeysWithValues: counts.map { ((Int($0.timeIntervalSince1970) - Self.midnight) / 3600, $1) })
    }

    @Test func `an hour without events is not there`() async throws {
        let hours = try await perHour("07-stats-v2-hours-all-projects", to: 24)
        #expect(hours == [0: 3, 1: 2, 2: 5, 4: 2, 5: 1, 6: 4, 7: 3, 8: 6, 9: 5, 10: 3, 11: 2])
    }

    /// Hours in which only other projects had events vanish from the answer; counting places would shift the rest.
    @Test func `hours are matched by their time`() async throws {
        let hours = try await perHour("07-stats-v2-hours-project-2", to: 24)
        #expect(hours == [0: 2, 2: 2, 4: 2, 6: 2, 8: 2, 10: 2])
    }

    @Test func `hours outside the range, which the answer has at both ends, are left out`() async throws {
        let hours = try await perHour("07-stats-v2-hours-all-projects", from: 1, to: 10)
        #expect(hours == [1: 2, 2: 5, 4: 2, 5: 1, 6: 4, 7: 3, 8: 6, 9: 5])
    }

    @Test func `is asked by the hour, of errors, in UTC`() async throws {
        let log = RequestLog()
        _ = try await GlitchTipAPI(recording: "07-stats-v2-24h", log: log)
            .eventsPerHour(from: .utc(Self.midnight), to: .utc(Self.midnight + 86_400), projects: [1, 2])
        let request = try #require(await log.requests.first)
        #expect(request.path == "/api/0/organizations/admin-ai/stats_v2/")
        #expect(request.parameters("category") == ["error"])
        #expect(request.parameters("field") == ["sum(quantity)"])
        #expect(request.parameters("interval") == ["1h"])
        #expect(request.parameters("start") == ["2026-11-23T00:00:00Z"])
        #expect(request.parameters("end") == ["2026-11-24T00:00:00Z"])
        #expect(request.parameters("project") == ["1", "2"])
    }

    /// GlitchTip refuses more than a thousand intervals. Each hour is counted once, also where two questions meet.
    @Test func `a long time is several questions`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { request, _ in
            let range = ["start", "end"].compactMap { request.parameters($0).first }
                .compactMap { try? Date($0, strategy: .iso8601) }.map { Int($0.timeIntervalSince1970) / 3600 }
            let hours = Array(range[0]...(range[1] + 1))
            let times = hours.map { "\"\(Date.utc($0 * 3600).formatted(.iso8601))\"" }.joined(separator: ",")
            let ones = hours.map { _ in "1" }.joined(separator: ",")
            return .json(#"{"intervals": [\#(times)], "groups": [{"series": {"sum(quantity)": [\#(ones)]}}]}"#)
        }
        let end = Self.midnight + 2000 * 3600
        let counts = try await api.eventsPerHour(from: .utc(Self.midnight), to: .utc(end))
        #expect(counts.count == 2000)
        #expect(counts.values.reduce(0, +) == 2000)
        let requests = await log.requests
        #expect(
            requests.map { $0.parameters("start") } == [
                ["2026-11-23T00:00:00Z"], ["2027-01-02T00:00:00Z"], ["2027-02-11T00:00:00Z"],
            ])
        #expect(
            requests.map { $0.parameters("end") } == [
                ["2027-01-02T00:00:00Z"], ["2027-02-11T00:00:00Z"], ["2027-02-14T08:00:00Z"],
            ])
    }

    @Test func `no time is no question`() async throws {
        let log = RequestLog()
        #expect(try await GlitchTipAPI(json: "{}", log: log).eventsPerHour(from: .utc(5), to: .utc(5)).isEmpty)
        #expect(await log.requests.isEmpty)
    }

    @Test(arguments: [
        #"{"intervals": [], "groups": []}"#, #"{"intervals": ["2026-11-23T00:00:00+00:00"], "groups": []}"#,
        #"{"intervals": ["2026-11-23T00:00:00+00:00"], "groups": [{"series": {}}]}"#,
        #"{"intervals": [], "groups": [{"series": {"sum(quantity)": [1, 2, 3]}}]}"#,
        #"{"intervals": ["2026-11-23T00:00:00+00:00"], "groups": [{"series": {"sum(quantity)": [null]}}]}"#,
    ])
    func `an answer without numbers has none`(json: String) async throws {
        let counts = try await GlitchTipAPI(json: json)
            .eventsPerHour(from: .utc(Self.midnight), to: .utc(Self.midnight + 3600))
        #expect(counts.isEmpty)
    }

    @Test(arguments: [
        ("07-stats-v2-event-read-token", GlitchTipError.forbidden), ("07-stats-v2-too-many", .refused(422)),
        ("07-stats-v2-project-foreign", .notFound), ("07-stats-v2-mixed-tz", .server(500)),
    ])
    func `may be refused`(recording: String, error: GlitchTipError) async throws {
        let api = try GlitchTipAPI(recording: recording)
        await #expect(throws: error) { try await api.eventsPerHour(from: .utc(0), to: .utc(3600)) }
    }

    @Test func `each issue's last hours, sparse`() async throws {
        let log = RequestLog()
        let counts = try await GlitchTipAPI(recording: "07-issues-stats", log: log)
            .eventsPerInterval(of: [1, 2, 14].map(Issue.ID.init))
        let hour = Date.utc(1_795_467_600)
        #expect(counts == [Issue.ID(1): [hour: 8], Issue.ID(2): [hour: 3], Issue.ID(14): [hour: 3]])
        #expect(await log.requests.first?.parameters("groups") == ["1", "2", "14"])
        #expect(await log.requests.first?.parameters("statsPeriod") == ["24h"])
    }

    @Test func `each issue's last days, sparse`() async throws {
        let counts = try await GlitchTipAPI(recording: "07-issues-stats-14d-2").eventsPerInterval(
            of: [Issue.ID(1)], days: true)
        let days = try #require(counts[Issue.ID(1)])
        #expect(days.count == 12)
        #expect(days.values.reduce(0, +) == 64)
        #expect(days[.utc(1_795_392_000)] == 13)
    }

    @Test func `many issues are several questions, none is none`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { request, _ in
            let rows = request.parameters("groups").map { #"{"id": "\#($0)", "stats": {"24h": [[0, 1]]}}"# }
            return .json("[" + rows.joined(separator: ",") + "]")
        }
        #expect(try await api.eventsPerInterval(of: (1...450).map(Issue.ID.init)).count == 450)
        #expect(await log.requests.map { $0.parameters("groups").count } == [200, 200, 50])
        #expect(try await api.eventsPerInterval(of: []).isEmpty)
        #expect(await log.requests.count == 3)
    }

    @Test(arguments: [
        #"[]"#, #"[{"id": "1"}]"#, #"[{"id": "1", "stats": {"24h": null}}]"#, #"[{"id": "1", "stats": null}]"#,
        #"[{"id": "1", "stats": {"24h": [[], [1], [1, 2, 3], [0, 1e300], [0, 0.5]]}}]"#, #"[null, {"stats": {}}, 3]"#,
    ])
    func `odd numbers are passed over`(json: String) async throws {
        let counts = try await GlitchTipAPI(json: json).eventsPerInterval(of: [Issue.ID(1)])
        #expect(counts[Issue.ID(1), default: [:]].isEmpty)
    }
}
