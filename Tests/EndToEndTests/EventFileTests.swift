import FoundationEssentials
import Sandbox
import Testing

@testable import tipline

/// `tipline investigate --event FILE --repo DIR`, without any server.
@Suite(.timeLimit(.minutes(2))) struct EventFileTests {
    private static let event = #"""
        {"event_id": "1", "release": "shop-web@2.3.1", "exception": {"values": [{"type": "TypeError", "value": "percent",
         "stacktrace": {"frames": [{"filename": "/srv/app/lib/cart.js", "function": "discount", "lineno": 25}]}}]}}
        """#

    /// The sample shop, and the event in a file beside it.
    private func inShop(_ body: (String, ShopRepository) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(Self.event.utf8).write(to: URL(filePath: folder + "/event.json"))
        try await body(
            folder + "/event.json",
            try await ShopRepository.make(in: folder, now: Date(timeIntervalSince1970: 1_795_608_000)))
    }

    private func setOrigin(of clone: String, _ url: String) throws {
        let config = URL(filePath: clone + "/.git/config")
        let remote = "[remote \"origin\"]\n\turl = \(url)\n"
        try (try Data(contentsOf: config) + Data(remote.utf8)).write(to: config)
    }

    private func json(_ event: String, in repositories: [String], at revision: String? = nil) async throws -> String {
        let file = EventFile(path: event, repositories: repositories, revision: revision, seen: nil)
        return String(decoding: try await file.investigate().json(), as: UTF8.self)
    }

    @Test(arguments: [true, false])
    func `links to what it found where the remote tells the forge`(hasRemote: Bool) async throws {
        try await inShop { event, shop in
            if hasRemote { try setOrigin(of: shop.web, "git@github.com:acme/shop-web.git") }
            let json = try await json(event, in: [shop.web])
            let culprit = try #require(shop.commits[ShopRepository.culprit])
            #expect(json.contains(culprit))
            #expect(json.contains("\"url\":\"https://github.com/acme/shop-web/commit/\(culprit)\"") == hasRemote)
            #expect(json.contains("/lib/cart.js#L25\"") == hasRemote)
        }
    }

    @Test func `reads several clones of one project, and says which one a file and a commit are in`() async throws {
        try await inShop { event, shop in
            try setOrigin(of: shop.web, "git@github.com:acme/web.git")
            let options = ["--event", event, "--repo", shop.platform + "#services/billing", "--repo", shop.web]
            let typed = try Investigate.parse(options)
            #expect(typed.repo == [options[3], shop.web])
            let json = try await json(event, in: typed.repo)
            let culprit = try #require(shop.commits[ShopRepository.culprit])
            #expect(json.contains("\"path\":\"web/lib/cart.js\""))
            #expect(json.contains("\"repository\":\"web\""))
            #expect(json.contains("\"url\":\"https://github.com/acme/web/commit/\(culprit)\""))
            let text = try await EventFile(path: event, repositories: typed.repo, revision: nil, seen: nil)
                .investigate().text()
            #expect(text.contains("\(culprit.prefix(8)) in web \(ShopRepository.culprit)"))
            #expect(text.contains("\nweb was read at "))
        }
    }

    @Test func `a revision that one of the clones does not have is said`() async throws {
        try await inShop { event, shop in
            let culprit = try #require(shop.commits[ShopRepository.culprit])
            let text = try await EventFile(
                path: event, repositories: [shop.web, shop.platform], revision: culprit, seen: nil
            ).investigate().text()
            #expect(text.contains("No code of \(name(of: shop.platform)): the clone has no commit \(culprit)."))
            #expect(text.contains("\n\(name(of: shop.web))/lib/cart.js:25 in discount\n"))
        }
    }

    @Test func `a clone that is none, and a revision that no clone has, are mistakes`() async throws {
        try await inShop { event, shop in
            func failure(_ repositories: [String], _ revision: String?) async -> String? {
                let file = EventFile(path: event, repositories: repositories, revision: revision, seen: nil)
                return await #expect(throws: Failed.self) { try await file.investigate() }?.description
            }
            #expect(
                await failure([shop.web, "/nope"], nil)
                    == "“/nope” cannot be read: it is no git repository, or has no commit.")
            #expect(
                await failure(["/nope"], "main") == "“/nope” cannot be read: it is no git repository, or has no commit."
            )
            #expect(
                await failure([shop.web, shop.platform], "nosuchrev")
                    == "“nosuchrev” is no commit, tag or branch of \(shop.web) or \(shop.platform).")
        }
    }

    private func name(of clone: String) -> Substring { clone.split(separator: "/").last ?? "" }

    @Test func `a clone may be named from where one is, and has its folder's name all the same`() async throws {
        try await inShop { event, shop in
            let here = FileManager.default.currentDirectoryPath.split(separator: "/")
            let relative = String(repeating: "../", count: here.count) + shop.web.dropFirst()
            let json = try await json(event, in: [relative + "/.", shop.platform])
            #expect(json.contains("\"path\":\"\(name(of: shop.web))/lib/cart.js\""))
        }
    }

    @Test func `an address is refused, and none is said`() async throws {
        try await inShop { event, _ in
            func notes(_ repositories: [String]) async throws -> [String] {
                try await EventFile(path: event, repositories: repositories, revision: nil, seen: nil).investigate()
                    .notes
            }
            await #expect(throws: Failed.self) { try await notes(["https://example.com/shop.git"]) }
            let said = try await notes([])
            #expect(said == ["No code: no repository was named."])
        }
    }

    @Test(arguments: [["2", "--repo", "a"], ["2", "--at", "x"], []])
    func `an issue has its repositories from the configuration`(options: [String]) {
        #expect(throws: (any Error).self) { try Investigate.parse(options) }
    }
}
