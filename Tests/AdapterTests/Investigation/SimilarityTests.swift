import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Which issues are shown as similar, and in which order.
@Suite struct SimilarityTests {
    private func issue(_ number: Int, _ title: String, _ status: Domain.Issue.Status = .unresolved) -> Domain.Issue {
        Domain.Issue(
            id: Domain.Issue.ID(number), shortID: "SHOP-\(number)", title: title, level: .error, status: status,
            project: Project(id: 1, slug: "shop", name: "Shop"), count: 1, firstSeen: .distantPast,
            lastSeen: .distantPast)
    }

    private func event(_ title: String, _ functions: String...) -> Event {
        let frames = functions.map { Frame(filename: "lib/cart.js", function: $0, line: 1) }
        return Event(
            id: "e", issue: Domain.Issue.ID(9), title: title,
            exceptions: [Exception(type: "", value: "", frames: frames)])
    }

    private func rank(_ candidates: [Candidate], with event: Event) -> [String] {
        Similarity.rank(candidates, with: event, issue: nil, seen: FrameStatistics()).map(\.shortID)
    }

    @Test func `resolved ones come first, then the most alike`() {
        let own = event("TypeError: offer 17 is undefined", "serve", "checkout", "total")
        let candidates = [
            Candidate(
                issue: issue(1, "TypeError: offer 4 is undefined"), event: event("", "serve", "checkout", "total")),
            Candidate(issue: issue(2, "TypeError: offer is undefined", .resolved), event: event("", "serve", "total")),
            Candidate(issue: issue(3, "disk full"), event: event("", "write", "flush")),
            Candidate(issue: issue(4, "TypeError: offer is undefined")),
        ]
        #expect(rank(candidates, with: own) == ["SHOP-2", "SHOP-1", "SHOP-4"])
    }

    @Test func `the same words with another stack rank below other words with the same stack`() {
        let own = event("timeout of the stock service", "serve", "reserve", "call")
        let candidates = [
            Candidate(issue: issue(1, "timeout of the stock service"), event: event("", "cron", "sync")),
            Candidate(issue: issue(2, "connection reset"), event: event("", "serve", "reserve", "call")),
        ]
        #expect(rank(candidates, with: own) == ["SHOP-2", "SHOP-1"])
    }

    @Test func `an issue is not similar to itself`() {
        let own = event("TypeError: offer", "total")
        #expect(rank([Candidate(issue: issue(9, "TypeError: offer"), event: own)], with: own) == [])
    }
}
