import Domain
import Testing

private typealias Issue = Domain.Issue

@Suite struct ContextCoverageTests {
    private static func event(_ issue: Int, tags: [(String, String)] = [], extra: [String: String] = [:]) -> Event {
        Event(
            id: "\(issue)", issue: Issue.ID(issue), title: "Error", tags: tags.map { Tag(key: $0.0, value: $0.1) },
            extra: extra)
    }

    @Test func `counts who has a field, and where it is missing`() throws {
        let coverage = ContextCoverage([
            Self.event(1, tags: [("release", "2.3.1"), ("user.id", "7")]), Self.event(1), Self.event(2),
            Self.event(3, tags: [("release", "2.3.1"), ("tenant", "acme")]),
        ])
        func field(_ name: String) throws -> ContextCoverage.Field {
            try #require(coverage.fields.first { $0.name == name })
        }
        #expect(try field("release").present == 2)
        #expect(try field("release").missing == [1, 2].map(Issue.ID.init))
        #expect(try field("user").present == 1)
        #expect(try field("tags of your own").present == 1)
        #expect(try field("environment").present == 0)
        #expect(coverage.fields.map(\.present) == coverage.fields.map(\.present).sorted())
    }

    @Test func `names what should not be there, and never what it holds`() {
        let coverage = ContextCoverage([
            Self.event(
                1, tags: [("user.email", "mia.keller@customers.example"), ("user.id", "7")],
                extra: ["card": "4111 1111 1111 1111", "note": "call mia.keller@customers.example", "size": "12"]),
            Self.event(2, extra: ["mia.keller@customers.example": "password=hunter2"]),
        ])
        #expect(coverage.sensitive.map(\.name) == ["extra [e-mail]", "extra card", "extra note", "tag user.email"])
        #expect(coverage.sensitive.allSatisfy { $0.events == 1 })
        #expect(!"\(coverage)".contains("mia.keller"))
    }

    @Test func `no events lack nothing`() {
        #expect(ContextCoverage([]).sensitive.isEmpty)
        #expect(ContextCoverage([]).fields.allSatisfy { $0.present == 0 && $0.missing.isEmpty })
    }
}
