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

    @Test(arguments: [true, false])
    func `links to what it found where the remote tells the forge`(hasRemote: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(Self.event.utf8).write(to: URL(filePath: folder + "/event.json"))
        let shop = try await ShopRepository.make(in: folder, now: Date(timeIntervalSince1970: 1_795_608_000))
        if hasRemote {
            let config = URL(filePath: shop.web + "/.git/config")
            let remote = "[remote \"origin\"]\n\turl = git@github.com:acme/shop-web.git\n"
            try (try Data(contentsOf: config) + Data(remote.utf8)).write(to: config)
        }
        let file = EventFile(path: folder + "/event.json", repository: shop.web, revision: nil, seen: nil)
        let json = String(decoding: try await file.investigate().json(), as: UTF8.self)
        let culprit = try #require(shop.commits[ShopRepository.culprit])
        #expect(json.contains(culprit))
        #expect(json.contains("\"url\":\"https://github.com/acme/shop-web/commit/\(culprit)\"") == hasRemote)
        #expect(json.contains("/lib/cart.js#L25\"") == hasRemote)
    }
}
