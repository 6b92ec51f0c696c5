import Domain
import FoundationEssentials

@testable import Investigation

/// A real git repository in a folder of its own, with commits whose dates we choose.
struct SampleRepository: Sendable {
    let path: String

    var repository: Repository { Repository(path: path) }

    /// Makes an empty one, and removes it behind the test.
    static func run(_ body: (SampleRepository) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
        let sample = SampleRepository(path: folder + "/shop-web")
        try FileManager.default.createDirectory(atPath: sample.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await sample.git("init", "--quiet", "--initial-branch=main")
        try await body(sample)
    }

    /// Its folder, for clones and other things beside it.
    var parent: String { String(path.dropLast("/shop-web".count)) }

    @discardableResult
    func git(_ arguments: String...) async throws -> String { try await git(arguments) }

    @discardableResult
    func git(_ arguments: [String], author: String = "Ada", day: Int = 0) async throws -> String {
        var environment = Git.environment
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        environment["GIT_ALLOW_PROTOCOL"] = nil
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = author
            environment["GIT_\(role)_EMAIL"] = "\(author.lowercased())@example.com"
            environment["GIT_\(role)_DATE"] = "\(1_700_000_000 + day * 86400) +0000"
        }
        let tool = Tool(name: "git", environment: environment, gate: Gate(width: 1))
        let output = try await tool.run(["-C", path, "-c", "commit.gpgSign=false"] + arguments, within: .seconds(60))
        guard output.exitCode == 0 else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        return String(TraceLine(Substring(output.text)).text.split(separator: "\n").last ?? "")
    }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = "\(path)/\(name)"
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file))
    }

    /// Commits everything there is; the hash.
    @discardableResult
    func commit(_ subject: String, by author: String = "Ada", day: Int = 0) async throws -> String {
        try await git(["add", "-A"])
        try await git(["commit", "--quiet", "--allow-empty", "-m", subject], author: author, day: day)
        return try await git("rev-parse", "HEAD")
    }

    /// The shop: a cart written years before, broken on day 100, with something unrelated after it.
    func fillShop() async throws -> (first: String, culprit: String) {
        try write("lib/cart.js", Self.cart(price: "item.price"))
        try write("server.js", "const cart = require('./lib/cart');\n\ncart.total(request.cart);\n")
        let first = try await commit("Add the cart", day: -1500)
        try write("lib/cart.js", Self.cart(price: "item.offer.price"))
        let culprit = try await commit("Take the price from the offer", by: "Grace", day: 100)
        try write("README.md", "Shop\n")
        try await commit("Explain", day: 101)
        return (first, culprit)
    }

    static func cart(price: String) -> String {
        """
        'use strict';

        // Adds up what is in the cart.
        function total(cart) {
          let sum = 0;
          for (const item of cart.items) {
            sum += \(price);
          }
          return sum;
        }

        module.exports = { total };

        """
    }

    /// A crash in `lib/cart.js`, called from `server.js`.
    static func crash(
        line: Int = 7, function: String = "total", context: String? = nil, release: String? = nil
    ) -> Event {
        Event(
            id: "a1", issue: Domain.Issue.ID(2), date: Date(timeIntervalSince1970: 1_700_000_000 + 102 * 86400),
            title: "TypeError: offer is undefined",
            exceptions: [
                Exception(
                    type: "TypeError", value: "offer is undefined",
                    frames: [
                        Frame(filename: "app:///server.js", function: "serve", line: 3),
                        Frame(filename: "/srv/app/lib/cart.js", function: function, line: line, contextLine: context),
                    ])
            ],
            tags: release.map { [Tag(key: "release", value: $0)] } ?? [])
    }
}

extension Investigator {
    /// As the command does it, without the parts that a test does not look at.
    func finding(
        _ event: Event, of issue: Domain.Issue? = nil, in repository: Repository?,
        at revision: Revision = .ofRelease(nil), similar: [Candidate] = []
    ) async -> Finding {
        await investigate(
            event, issue: issue, in: repository.map { [$0] } ?? [], at: revision, seen: FrameStatistics(),
            similar: { similar },
            progress: { _ in })
    }
}
