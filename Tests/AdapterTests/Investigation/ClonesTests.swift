import FoundationEssentials
import Glibc
import Testing

@testable import Investigation

/// Clones are made, kept fresh, and never hold up an answer.
@Suite(.timeLimit(.minutes(2))) struct ClonesTests {
    private func clones(_ shop: SampleRepository, freshness: Duration = .zero) -> Clones {
        Clones(folder: "\(shop.parent)/data", patience: .seconds(30), limit: .seconds(60), freshness: freshness)
    }

    private func entry(_ text: String) throws -> RepositoryEntry { try #require(RepositoryEntry(text: text)) }

    @Test func `a folder is used where it is, work tree or bare`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let found = try await clones(shop).repository(for: entry("\(shop.path)#lib"))
            #expect(found.repository == Repository(path: shop.path, folder: "lib"))
            #expect(found.note == nil)
        }
    }

    @Test func `a URL is cloned once, bare, and fetched after`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let clones = clones(shop)
            let url = try entry("file://\(shop.path)#lib")
            let first = try await clones.repository(for: url)
            #expect(first.repository.path.hasPrefix("\(shop.parent)/data/shop-web-"))
            #expect(first.repository.folder == "lib")

            try shop.write("lib/new.js", "1\n")
            let sha = try await shop.commit("Add more", day: 200)
            try await shop.git("tag", "v3")
            let second = try await clones.repository(for: url)
            #expect(second.note == nil)
            #expect(second.repository.origin == "file://\(shop.path)")
            #expect(second.repository.name == "shop-web")
            let investigator = Investigator(stepLimit: .seconds(60))
            #expect(await investigator.head(of: second.repository) == sha)
            let finding = await investigator.finding(
                SampleRepository.crash(), in: second.repository, at: .ofRelease("3"))
            #expect(finding.revision?.choice == "release 3, tag v3")
        }
    }

    @Test func `within a minute it is not fetched again`() async throws {
        try await SampleRepository.run { shop in
            let (_, _) = try await shop.fillShop()
            let clones = clones(shop, freshness: .seconds(3600))
            let url = try entry("file://\(shop.path)")
            let path = try await clones.repository(for: url).repository
            let before = await Investigator().head(of: path)
            try await shop.commit("Later")
            _ = try await clones.repository(for: url)
            #expect(await Investigator().head(of: path) == before)
        }
    }

    @Test func `what was pushed by force, a tag that was moved and a branch that was renamed are followed`()
        async throws
    {
        try await SampleRepository.run { shop in
            let (first, _) = try await shop.fillShop()
            try await shop.git("tag", "v3")
            let clones = clones(shop)
            let url = try entry("file://\(shop.path)")
            _ = try await clones.repository(for: url)

            try await shop.git("reset", "--quiet", "--hard", first)
            try shop.write("lib/cart.js", SampleRepository.cart(price: "item.offer.price"))
            let sha = try await shop.commit("Take the offer's price again", day: 200)
            try await shop.git("tag", "--force", "v3")
            try await shop.git("branch", "--move", "main", "trunk")
            let found = try await clones.repository(for: url)
            #expect(found.note == nil)
            let investigator = Investigator(stepLimit: .seconds(60))
            #expect(await investigator.head(of: found.repository) == sha)
            let finding = await investigator.finding(
                SampleRepository.crash(release: "3"), in: found.repository, at: .ofRelease("3"))
            #expect(finding.revision?.sha == sha)
            #expect(finding.suspects.first?.sha == sha)
        }
    }

    @Test func `a lock that a killed git left is taken away, one that may be in use is not`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let clones = clones(shop)
            let url = try entry("file://\(shop.path)")
            let repository = try await clones.repository(for: url).repository
            let sha = try await shop.commit("Later", day: 200)
            let lock = repository.path + "/refs/heads/main.lock"
            try Data().write(to: URL(filePath: lock))
            let found = try await clones.repository(for: url)
            #expect(found.note == "The clone could not be fetched; the newest commits may be missing.")
            #expect(await Investigator().head(of: repository) != sha)

            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: lock)
            #expect(try await clones.repository(for: url).note == nil)
            #expect(await Investigator().head(of: repository) == sha)
        }
    }

    @Test func `a clone is read while it is fetched again and again`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let clones = clones(shop)
            let url = try entry("file://\(shop.path)")
            let repository = try await clones.repository(for: url).repository
            async let fetched: Void = {
                for day in 200..<206 {
                    try await shop.commit("More", day: day)
                    #expect(try await clones.repository(for: url).note == nil)
                }
            }()
            let investigator = Investigator(stepLimit: .seconds(60))
            for _ in 0..<6 {
                let finding = await investigator.finding(SampleRepository.crash(), in: repository)
                #expect(finding.suspects.first?.sha == culprit)
            }
            try await fetched
        }
    }

    @Test func `an origin that never answers holds up nobody`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            // The kernel takes the connection, and nobody ever reads from it.
            let silent = try SilentHost()
            defer { silent.close() }
            try await shop.git("remote", "add", "origin", "git://127.0.0.1:\(silent.port)/shop")
            let clones = Clones(folder: "\(shop.parent)/data", patience: .milliseconds(200), limit: .seconds(60))
            let found = try await clones.repository(for: entry(shop.path))
            #expect(found.note == "The clone is still being fetched; the newest commits may be missing.")
            let finding = await Investigator(stepLimit: .seconds(60))
                .finding(SampleRepository.crash(), in: found.repository)
            #expect(finding.suspects.first?.sha == culprit)
            await clones.close()
        }
    }

    @Test func `the commit graph knows which files each commit changed, the fetched ones too`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let clones = clones(shop)
            let url = try entry("file://\(shop.path)")
            let path = try await clones.repository(for: url).repository.path
            let sha = try await shop.commit("Later", day: 200)
            _ = try await clones.repository(for: url)
            let folder = path + "/objects/info/commit-graphs"
            let graphs = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".graph") }
                .map { Array(FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()) }
            // Its chunks with the Bloom filters, and the commit by its bytes.
            #expect(graphs.contains { $0[...].holds(Array("BIDX".utf8)) && $0[...].holds(Array("BDAT".utf8)) })
            let bytes = stride(from: 0, to: 40, by: 2).compactMap { index in
                UInt8(sha.dropFirst(index).prefix(2), radix: 16)
            }
            #expect(graphs.contains { $0[...].holds(bytes) })
        }
    }

    @Test func `an origin that is gone leaves the clone usable, and is said`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("clone", "--quiet", shop.path, "\(shop.parent)/copy")
            try FileManager.default.moveItem(atPath: shop.path, toPath: "\(shop.parent)/elsewhere")
            let found = try await clones(shop).repository(for: entry("\(shop.parent)/copy"))
            #expect(found.note == "The clone could not be fetched; the newest commits may be missing.")
            let finding = await Investigator(stepLimit: .seconds(60)).finding(
                SampleRepository.crash(), in: found.repository)
            #expect(finding.locations.first?.path == "lib/cart.js")
        }
    }

    @Test func `what is no repository is said in one sentence`() async throws {
        try await SampleRepository.run { shop in
            let clones = clones(shop)
            let missing = "\(shop.parent)/nowhere"
            await #expect(throws: CloneError.missing(missing)) { try await clones.repository(for: entry(missing)) }
            #expect(CloneError.missing("/srv/x").explanation == "There is no git repository at /srv/x.")

            let url = "file://\(shop.parent)/nowhere"
            await #expect(throws: CloneError.failed(url, reason: "there is no such repository")) {
                try await clones.repository(for: entry(url))
            }
        }
    }

    @Test func `a slow clone goes on behind the answer`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let impatient = Clones(folder: "\(shop.parent)/data", patience: .zero, limit: .seconds(60))
            let url = try entry("file://\(shop.path)")
            let first = await #expect(throws: CloneError.self) { try await impatient.repository(for: url) }
            #expect(first?.explanation == "\(url.location) is being cloned for the first time. Ask again in a minute.")
            var answer: Repository?
            while answer == nil {
                do {
                    answer = try await impatient.repository(for: url).repository
                } catch CloneError.cloning {
                    await Task.yield()
                }
            }
            #expect(answer != nil)
            await impatient.close()
        }
    }

    @Test func `passwords in a URL are shown to nobody`() throws {
        let secret = try entry("https://bot:hunter2@example.com/shop.git")
        #expect(secret.shownLocation == "https://example.com/shop.git")
        let error = CloneError(
            Tool.Failure.exit(128, "fatal: Authentication failed for 'https://bot:hunter2@x'"), in: secret)
        #expect(
            error.explanation == "https://example.com/shop.git could not be cloned: the password or token was refused.")
    }

    @Test func `the environment asks nobody and passes on no secret of ours`() {
        let environment = Clones.environment(["HOME": "/home/bot", "TELEGRAM_BOT_TOKEN": "1:x", "PATH": "/evil"])
        #expect(environment["HOME"] == "/home/bot")
        #expect(environment["TELEGRAM_BOT_TOKEN"] == nil)
        #expect(environment["PATH"] == Git.searchPath)
        #expect(environment["GIT_TERMINAL_PROMPT"] == "0")
    }
}

extension ArraySlice<UInt8> {
    fileprivate func holds(_ bytes: [UInt8]) -> Bool {
        indices.contains { self[$0] == bytes[0] && self[$0...].starts(with: bytes) }
    }
}

/// A port on this machine behind which nobody is.
private struct SilentHost {
    let port: UInt16
    private let socket: Int32

    struct Failed: Error {}

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isReady = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard isReady else { throw Failed() }
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() { _ = Glibc.close(socket) }
}
