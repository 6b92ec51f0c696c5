import Storage
import Testing

/// Where the files of a project's traces are, as the ledger remembers it.
@Suite struct LedgerPathTests {
    private func path(_ prefix: String, _ folder: String = "src", of project: String = "shop") -> KeptPath {
        KeptPath(project: project, repository: "shop", prefix: prefix, folder: folder)
    }

    @Test func `the newest come first, each once, and outdated ones are gone`() async throws {
        try await withLedger { ledger in
            try await ledger.change(paths: [path("app"), path("x", of: "api")], outdated: [], at: .start)
            try await ledger.change(paths: [path("usr/src/app"), path("app")], outdated: [], at: .start.plus(1))
            #expect(try await ledger.paths(in: "shop").map(\.prefix) == ["usr/src/app", "app"])
            #expect(try await ledger.paths().map(\.project) == ["api", "shop", "shop"])
            try await ledger.change(paths: [path("app", "web")], outdated: [path("app")], at: .start.plus(2))
            #expect(try await ledger.paths(in: "shop") == [path("app", "web"), path("usr/src/app")])
        }
    }

    @Test func `a project has a bounded number of them`() async throws {
        try await withLedger { ledger in
            for number in 1...25 {
                try await ledger.change(
                    paths: [path("app\(number)")], outdated: [], at: .start.plus(Double(number)))
            }
            try await ledger.change(paths: [path("x", of: "api")], outdated: [], at: .start)
            let prefixes = try await ledger.paths(in: "shop").map(\.prefix)
            #expect(prefixes == (6...25).reversed().map { "app\($0)" })
        }
    }
}
