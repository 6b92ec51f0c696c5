import Domain
import Testing

@testable import Investigation

/// What was going on around a crash, as its event and its tags tell.
@Suite struct CircumstancesTests {
    private func request(_ method: String?, _ url: String?, _ query: [Domain.Tag] = []) -> String? {
        Finding.Circumstances(
            Event(id: "e", title: "", request: .init(method: method, url: url, query: query))
        ).request
    }

    @Test(arguments: [
        ("POST", "https://shop.example.com/cart", "POST https://shop.example.com/cart"),
        (
            "GET", "https://shop.example.com/cart?voucher=SPRING&voucher=X&q=a#frag",
            "GET https://shop.example.com/cart?voucher&q"
        ),
        ("GET", "https://ada:s3cret@shop.example.com/a", "GET https://shop.example.com/a"),
        ("GET", "/cart\n<b>", "GET /cart <b>"),
    ])
    func `the request is said without the values in it`(method: String, url: String, line: String) {
        #expect(request(method, url) == line)
    }

    @Test func `without an address there is no request, and one of a megabyte is cut`() {
        #expect(request("GET", nil) == nil)
        #expect(request("GET", "") == nil)
        #expect((request("GET", String(repeating: "x", count: 1_000_000))?.count ?? 0) <= 241)
        #expect(request(nil, "/a", [Domain.Tag(key: "token", value: "s3cret")]) == "/a?token")
    }

    @Test func `the last five steps, one line each, scrubbed`() {
        let crumbs = (1...9).map { Event.Breadcrumb(category: "http", message: "GET /a/\($0)\npassword=hunter2secret") }
        let steps = Finding.Circumstances(Event(id: "e", title: "", breadcrumbs: crumbs)).steps
        #expect(steps.count == 5)
        #expect(steps.first?.hasPrefix("http: GET /a/5") == true)
        #expect(steps.allSatisfy { !$0.contains("hunter2secret") && !$0.contains("\n") })
    }

    private func standingOut(_ counts: [String: Int], others: [String]) -> [String] {
        var finding = Finding(title: "")
        let events = others.map { Event(id: "o", title: "", tags: [Domain.Tag(key: "server_name", value: $0)]) }
        finding.note(
            [.init(key: "server_name", counts: counts), .init(key: "level", counts: ["error": 12])], against: events)
        return finding.circumstances.standingOut
    }

    @Test func `a value that only this issue's events share is said`() {
        #expect(standingOut(["web-3": 12], others: ["web-1", "web-3"]) == ["all 12 events on web-3"])
    }

    @Test func `nothing is said when nothing stands out`() {
        #expect(standingOut(["web-3": 12], others: ["web-3", "web-3"]) == [])
        #expect(standingOut(["web-3": 12], others: []) == [])
        #expect(standingOut(["web-3": 4], others: ["web-1"]) == [])
        #expect(standingOut(["web-3": 11, "web-1": 1], others: ["web-1"]) == [])
        #expect(standingOut([:], others: ["web-1"]) == [])
    }
}
