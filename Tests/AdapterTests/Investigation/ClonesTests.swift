import FoundationEssentials
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
