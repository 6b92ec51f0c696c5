import Domain
import FoundationEssentials
import Glibc
import Testing

@testable import Investigation

/// Clones that are not whole, or are worked on while they are read: each ends in a sentence, with what could be found.
@Suite(.timeLimit(.minutes(2))) struct DamagedCloneTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    /// Writes over an object of the repository.
    private func damage(_ object: String, in shop: SampleRepository) async throws {
        let sha = try await shop.git("rev-parse", object)
        let file = "\(shop.path)/.git/objects/\(sha.prefix(2))/\(sha.dropFirst(2))"
        chmod(file, 0o600)
        try Data("nonsense".utf8).write(to: URL(filePath: file))
    }

    @Test(arguments: ["HEAD^{commit}", "HEAD^{tree}"])
    func `a damaged clone is said to be one`(object: String) async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await damage(object, in: shop)
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.notes == ["No code: the clone is damaged; git fsck in it tells more."])
        }
    }

    @Test(arguments: ["objects/info/commit-graph", "packed-refs", "HEAD", "config", "objects/pack", "refs/heads/main"])
    func `a file of git's own that is nonsense ends in a sentence`(name: String) async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let bare = "\(shop.parent)/bare"
            try await shop.git("clone", "--quiet", "--bare", "--no-hardlinks", "file://\(shop.path)", bare)
            try await shop.git("-C", bare, "commit-graph", "write", "--reachable", "--changed-paths")
            let file = "\(bare)/\(name)"
            var victims = [file]
            if name.hasSuffix("pack") {
                victims = try FileManager.default.contentsOfDirectory(atPath: file).map { "\(file)/\($0)" }
            }
            for victim in victims {
                chmod(victim, 0o600)
                try Data("[nonsense\n".utf8).write(to: URL(filePath: victim))
            }
            let finding = await investigator.finding(SampleRepository.crash(), in: Repository(path: bare))
            if name.hasSuffix("commit-graph") {
                // Only quicker with it.
                #expect(finding.suspects.first?.sha == culprit)
            } else {
                #expect(finding.notes.count == 1)
                #expect(finding.notes.first?.hasPrefix("No code: ") == true)
                #expect(finding.suspects == [])
            }
        }
    }

    @Test func `a partial clone whose promisor hangs is not waited for`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try await shop.git("config", "uploadpack.allowFilter", "true")
            let partial = "\(shop.parent)/partial"
            try await shop.git("clone", "--quiet", "--bare", "--filter=blob:none", "file://\(shop.path)", partial)
            try await shop.git(
                "-C", partial, "config", "remote.origin.url", "ext::sh -c 'touch \(shop.parent)/ran; sleep 600'")
            try await shop.git("-C", partial, "config", "protocol.ext.allow", "always")
            let finding = await investigator.finding(SampleRepository.crash(), in: Repository(path: partial))
            #expect(finding.locations.map(\.path) == ["lib/cart.js", "server.js"])
            #expect(finding.suspects.contains { $0.sha == culprit })
            #expect(!FileManager.default.fileExists(atPath: "\(shop.parent)/ran"))
        }
    }

    @Test func `a file that the release has and HEAD has not, and one that only HEAD has`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v1")
            try await shop.git("rm", "--quiet", "lib/cart.js")
            try shop.write("lib/basket.js", "module.exports = require('basket');\n")
            try await shop.commit("Take another", day: 150)
            let old = await investigator.finding(
                SampleRepository.crash(release: "1"), in: shop.repository, at: .ofRelease("1"))
            #expect(old.locations.first?.place == "lib/cart.js:7")
            let now = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(now.locations.first?.path == "server.js")
            #expect(now.notes.contains { $0.hasPrefix("No code: `srv/app/lib/cart.js` is not in shop-web at ") })
        }
    }

    @Test func `of two names that differ in case only, the one as written is meant`() async throws {
        try await SampleRepository.run { shop in
            for (name, day) in [("lib/cart.js", 0), ("lib/Cart.js", 1)] {
                try shop.write(name, SampleRepository.cart(price: "item.price"))
                try await shop.commit("Add \(name)", day: day)
                let event = Event(
                    id: "a", title: "x",
                    exceptions: [Exception(type: "E", value: "", frames: [Frame(filename: "/srv/\(name)", line: 7)])])
                let finding = await investigator.finding(event, in: shop.repository)
                #expect(finding.locations.map(\.path) == [name])
            }
        }
    }

    @Test func `where only a file's text is damaged, its name and its commits are there`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try await damage("HEAD:lib/cart.js", in: shop)
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.locations.map(\.path) == ["lib/cart.js", "server.js"])
            #expect(finding.suspects.contains { $0.sha == culprit })
            #expect(finding.notes.contains("No lines of `lib/cart.js`: it is binary, larger than 4 MB or damaged."))
        }
    }

    @Test func `a partial clone is read without fetching what is missing`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try await shop.git("config", "uploadpack.allowFilter", "true")
            let partial = "\(shop.parent)/partial"
            try await shop.git("clone", "--quiet", "--bare", "--filter=blob:none", "file://\(shop.path)", partial)
            let finding = await investigator.finding(SampleRepository.crash(), in: Repository(path: partial))
            #expect(finding.locations.map(\.path) == ["lib/cart.js", "server.js"])
            #expect(finding.suspects.contains { $0.sha == culprit })
            #expect(
                finding.notes.first
                    == "No lines of code: the clone is a partial one and does not hold it; a full clone does.")
        }
    }

    @Test func `git that hangs is ended in time`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            // git reads this file first, and nobody will ever write into the pipe.
            try FileManager.default.createDirectory(
                atPath: shop.path + "/.git/objects/info", withIntermediateDirectories: true)
            #expect(mkfifo(shop.path + "/.git/objects/info/alternates", 0o600) == 0)
            let finding = await Investigator(stepLimit: .milliseconds(300))
                .finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.notes == ["No code: git took too long."])
        }
    }

    @Test func `a clone that is packed and pruned meanwhile is read all the same`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            async let tidied = shop.git("gc", "--quiet", "--prune=now", "--aggressive")
            for _ in 0..<5 {
                let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
                #expect(finding.suspects.first?.sha == culprit)
            }
            _ = try await tidied
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.suspects.first?.sha == culprit)
        }
    }

    @Test func `a branch that was pushed by force leaves the release readable`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try await shop.git("checkout", "--quiet", "--orphan", "new")
            try await shop.git("rm", "--quiet", "-rf", ".")
            try shop.write("README.md", "All new\n")
            try await shop.commit("Begin anew", day: 120)
            let event = SampleRepository.crash(release: "2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.suspects.first?.sha == culprit)
            #expect(finding.locations.map(\.drift) == ["its file is gone since", "its file is gone since"])
        }
    }

    @Test func `links and submodules are named and not followed`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try FileManager.default.createSymbolicLink(
                atPath: shop.path + "/lib/secrets.js", withDestinationPath: "/etc/passwd")
            try FileManager.default.createSymbolicLink(
                atPath: shop.path + "/shared", withDestinationPath: "/srv/shared")
            let sha = try await shop.commit("Add links")
            try await shop.git("update-index", "--add", "--cacheinfo", "160000,\(sha),vendor/money")
            try await shop.git(["commit", "--quiet", "-m", "Add money"])
            let frames = ["/srv/app/lib/secrets.js", "/srv/app/shared/log.js", "/srv/app/vendor/money/src/round.js"]
            let event = Event(
                id: "a", title: "x",
                exceptions: [
                    Exception(type: "E", value: "", frames: frames.reversed().map { Frame(filename: $0, line: 1) })
                ])
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations == [])
            #expect(
                finding.notes.prefix(3) == [
                    "No code: `srv/app/lib/secrets.js` is behind the link lib/secrets.js, and links are not followed.",
                    "No code: `srv/app/shared/log.js` is behind the link shared, and links are not followed.",
                    "No code: `vendor/money/src/round.js` is in the submodule vendor/money, whose code is not in this clone.",
                ])
            #expect(!finding.text().contains("root:"))
        }
    }

    @Test(arguments: ["LIB\\Cart.JS", "C:\\shop\\Lib\\cart.js", "/srv/app/lib/CART.js"])
    func `a name in another case is found, as Windows and macOS do`(name: String) async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let event = Event(
                id: "a", title: "x",
                exceptions: [Exception(type: "E", value: "", frames: [Frame(filename: name, line: 7)])])
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/cart.js:7"])
            #expect(finding.suspects.first?.sha == culprit)
        }
    }

    @Test func `a recursion of 999 frames is one, and who began it is seen`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let begin = Frame(filename: "server.js", function: "serve", line: 3)
            let deep = [Frame(filename: "lib/cart.js", function: "total", line: 7)]
            let mutual = deep + [Frame(filename: "lib/cart.js", function: "add", line: 6)]
            for cycle in [deep, mutual] {
                let frames = [begin] + (0..<999).map { cycle[$0 % cycle.count] }
                let event = Event(
                    id: "a", title: "x", exceptions: [Exception(type: "RangeError", value: "deep", frames: frames)])
                let finding = await investigator.finding(event, in: shop.repository)
                #expect(finding.locations.map(\.path).contains("server.js"))
                #expect(finding.locations.count <= 4)
                #expect(finding.notes.first?.hasPrefix("A recursion: 99") == true)
            }
        }
    }

    @Test func `a message in another case than the code's is found`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("lib/stock.py", "def reserve(sku):\n    raise Empty(f'No stock left for {sku}')\n")
            try await shop.commit("Reserve")
            try await shop.git("tag", "v1")
            try shop.write("lib/stock.py", "def reserve(sku):\n    raise Empty(f'No stock left for {sku} here')\n")
            try await shop.commit("Fix the sentence", day: 1)
            let event = Event(id: "a", title: "no STOCK left for 4711", message: "no STOCK left for 4711")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease("1"))
            #expect(finding.locations.map(\.place) == ["lib/stock.py:2"])
            // The place is a guess, and so nothing is promised.
            #expect(finding.laterChanges == [])
            #expect(finding.likely == nil)
        }
    }
}
