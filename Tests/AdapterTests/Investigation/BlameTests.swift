import FoundationEssentials
import Testing

@testable import Investigation

/// What git tells of who wrote which line, whole or cut off anywhere.
@Suite struct BlameTests {
    private static let old = String(repeating: "a", count: 40)
    private static let new = String(repeating: "b", count: 40)

    private static func entry(_ sha: String, _ lines: String, by author: String? = nil, at time: Int = 0) -> String {
        let commit = author.map {
            "author \($0)\nauthor-mail <a@example.com>\nauthor-time \(time)\nauthor-tz +0000\nsummary Change it\nboundary\n"
        }
        return "\(sha) \(lines)\n\(commit ?? "")filename lib/cart.js\n"
    }

    private static let answer =
        entry(new, "7 8 2", by: "Grace", at: 1_700_000_000) + entry(new, "1 3 1")
        + entry(old, "4 4 1", by: "Ada", at: 1_500_000_000)

    @Test func `entries are lines of commits, sorted by line`() {
        let blame = Git.read(incremental: Array(Self.answer.utf8))
        #expect(blame.lines.map(\.line) == [3, 4, 8, 9])
        #expect(blame.lines.map(\.sha) == [Self.new, Self.old, Self.new, Self.new])
        #expect(blame.commits[Self.new]?.author == "Grace")
        #expect(blame.commits[Self.old]?.subject == "Change it")
        #expect(blame.oldest == Date(timeIntervalSince1970: 1_500_000_000))
    }

    @Test func `cut off anywhere, it is the entries before`() {
        let bytes = Array(Self.answer.utf8)
        let whole = Git.read(incremental: bytes)
        for end in bytes.indices {
            let part = Git.read(incremental: Array(bytes[..<end]))
            #expect(part.lines.allSatisfy(whole.lines.contains))
            #expect(Set(part.lines.map(\.sha)) == Set(part.commits.keys))
            #expect(part.commits.allSatisfy { whole.commits[$0.key]?.date == $0.value.date })
        }
    }

    @Test func `the report says back to when git got`() {
        var cut = Git.read(incremental: Array(Self.answer.utf8))
        cut.isCut = true
        #expect(
            Reading.cutShort(["lib/whole.js": Git.read(incremental: Array(Self.answer.utf8)), "lib/cart.js": cut])
                == ["lib/cart.js has a long history, so only its commits since 2017-07 were looked at."])
        #expect(Reading.cutShort(["lib/cart.js": Blame(isCut: true)]) == [])
    }

    @Test func `git tells the same of a real file`() async throws {
        try await SampleRepository.run { sample in
            let shop = try await sample.fillShop()
            let git = Git(path: sample.path, gate: Gate(width: 1), limit: .seconds(60))
            let blame = try await git.blame("lib/cart.js", [1...9], at: "HEAD")
            #expect(blame.lines.map(\.line) == Array(1...9))
            #expect(Set(blame.lines.map(\.sha)) == [shop.first, shop.culprit])
            #expect(blame.commits[shop.culprit]?.author == "Grace")
            #expect(!blame.isCut)
        }
    }
}
