import FoundationEssentials
import Testing

@testable import Investigation
@testable import Sandbox

/// The newest files of repositories that have an address, by real git.
@Suite(.timeLimit(.minutes(2))) struct CheckoutsTests {
    private static func entry(_ text: String) throws -> RepositoryEntry { try #require(RepositoryEntry(text: text)) }

    private static func checkouts(_ entries: RepositoryEntry..., of sample: SampleRepository) -> Checkouts {
        Checkouts(entries, folder: "\(sample.parent)/data/runbooks", patience: .seconds(30))
    }

    private static func files(_ state: Checkouts.State) -> [String] {
        guard let path = state.path else { return [] }
        return (try? FileManager.default.subpathsOfDirectory(atPath: path).sorted()) ?? []
    }

    private static func fill(_ sample: SampleRepository) async throws {
        try sample.write("README.md", "How\n")
        try sample.write("src/cart.js", "1\n")
        try sample.write("ops/db.md", "one\n")
        try sample.write("ops/deep/disk.md", "two\n")
        try await sample.commit("Begin")
    }

    @Test func `has the Markdown files of the newest commit, of one folder or of all`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let (all, ops) = (try Self.entry("file://\(sample.path)"), try Self.entry("file://\(sample.path)#ops"))
            let checkouts = Self.checkouts(all, ops, of: sample)
            #expect(
                await checkouts.state(of: all) == Checkouts.State(trouble: "it is being fetched for the first time"))
            await checkouts.refresh()
            #expect(
                Self.files(await checkouts.state(of: all)) == [
                    "README.md", "ops", "ops/db.md", "ops/deep", "ops/deep/disk.md",
                ])
            #expect(Self.files(await checkouts.state(of: ops)) == ["db.md", "deep", "deep/disk.md"])
            #expect(await checkouts.state(of: ops).trouble == nil)
        }
    }

    @Test func `sees a new commit, and leaves the one before to who still reads it`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            await checkouts.refresh()
            let first = await checkouts.state(of: ops)
            for (number, name) in ["new.md", "newer.md"].enumerated() {
                try sample.write("ops/\(name)", "three\n")
                try await sample.commit("Add \(name)")
                await checkouts.refresh()
                #expect(Self.files(await checkouts.state(of: ops)).contains(name))
                #expect(Self.files(first).isEmpty == (number == 1))
            }
        }
    }

    @Test func `looks that meet each other do not spoil each other's files`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            for number in 1...5 {
                try sample.write("ops/\(number).md", "three\n")
                try await sample.commit("Add \(number)")
                await withDiscardingTaskGroup { group in
                    for _ in 1...4 { group.addTask { await checkouts.refresh() } }
                }
                let state = await checkouts.state(of: ops)
                #expect(state.trouble == nil)
                #expect(Self.files(state).contains("\(number).md"))
                #expect(Self.files(state).contains("deep/disk.md"))
            }
        }
    }

    @Test func `what was fetched before is there at once after a start, though the origin is gone, and it is said`()
        async throws
    {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            await Self.checkouts(ops, of: sample).refresh()
            try FileManager.default.moveItem(atPath: sample.path, toPath: "\(sample.parent)/elsewhere")
            let later = Self.checkouts(ops, of: sample)
            await later.refresh()
            let state = await later.state(of: ops)
            #expect(Self.files(state) == ["db.md", "deep", "deep/disk.md"])
            #expect(
                state.trouble
                    == "it cannot be fetched: there is no such repository; these are the files of the last time")
            try FileManager.default.moveItem(atPath: "\(sample.parent)/elsewhere", toPath: sample.path)
            await later.refresh()
            #expect(await later.state(of: ops).trouble == nil)
        }
    }

    @Test func `no such folder, no such repository and no commit are said`() async throws {
        try await SampleRepository.run { sample in
            let whole = try Self.entry("file://\(sample.path)")
            let empty = Self.checkouts(whole, of: sample)
            await empty.refresh()
            #expect(await empty.state(of: whole).trouble == "it has no commit")

            try await Self.fill(sample)
            let (folder, file) = (
                try Self.entry("file://\(sample.path)#nowhere"), try Self.entry("file://\(sample.path)#README.md")
            )
            let gone = try Self.entry("file://bot:hunter2@\(sample.parent)/gone-403")
            let checkouts = Self.checkouts(folder, file, gone, of: sample)
            await checkouts.refresh()
            #expect(await checkouts.state(of: folder) == Checkouts.State(trouble: "it has no folder “nowhere”"))
            #expect(await checkouts.state(of: file) == Checkouts.State(trouble: "it has no folder “README.md”"))
            let state = await checkouts.state(of: gone)
            #expect(state == Checkouts.State(trouble: "it cannot be cloned: there is no such repository"))
        }
    }

    @Test func `a folder that disappears in a commit takes its files with it`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            await checkouts.refresh()
            try await sample.git("rm", "--quiet", "-r", "ops")
            try await sample.commit("Move")
            await checkouts.refresh()
            #expect(await checkouts.state(of: ops) == Checkouts.State(trouble: "it has no folder “ops”"))
        }
    }

    @Test func `a link is written as a link, and nothing is written through it`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            try FileManager.default.createSymbolicLink(
                atPath: "\(sample.path)/ops/out.md", withDestinationPath: "/etc/passwd")
            try FileManager.default.createSymbolicLink(
                atPath: "\(sample.path)/ops/up", withDestinationPath: sample.parent)
            try await sample.commit("Point outward")
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            await checkouts.refresh()
            let state = await checkouts.state(of: ops)
            #expect(Self.files(state) == ["db.md", "deep", "deep/disk.md", "out.md"])
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: "\(try #require(state.path))/out.md")
                    == "/etc/passwd")
        }
    }

    /// What a server of git answers to one who has not said who he is, and one that says nothing.
    @Test(arguments: [
        (401, "it cannot be cloned: it wants a password and none is configured"),
        (403, "it cannot be cloned: access was denied"), (404, "it cannot be cloned: there is no such repository"),
        (500, "it cannot be cloned: git refused"),
    ])
    func `a server that asks for a password is not waited for`(status: Int, trouble: String) async throws {
        try await SampleRepository.run { sample in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (ports, port) = AsyncStream<Int>.makeStream()
                group.addTask {
                    try await StandIn.serve(listening: { port.yield($0) }) { _ in
                        Answer(status, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
                    }
                }
                let open = try #require(await ports.first { _ in true })
                let books = try Self.entry("http://127.0.0.1:\(open)/acme/books.git")
                let checkouts = Self.checkouts(books, of: sample)
                await checkouts.refresh()
                #expect(await checkouts.state(of: books) == Checkouts.State(trouble: trouble))
                group.cancelAll()
            }
        }
    }

    @Test func `a server that says nothing holds nobody up, and git ends with us`() async throws {
        try await SampleRepository.run { sample in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (ports, port) = AsyncStream<Int>.makeStream()
                group.addTask {
                    try await StandIn.serve(listening: { port.yield($0) }) { _ in
                        var answer = Answer(200)
                        answer.delay = .seconds(3600)
                        return answer
                    }
                }
                let open = try #require(await ports.first { _ in true })
                let books = try Self.entry("http://127.0.0.1:\(open)/acme/books.git")
                let checkouts = Checkouts([books], folder: "\(sample.parent)/data", patience: .milliseconds(20))
                await checkouts.refresh()
                #expect(
                    await checkouts.state(of: books)
                        == Checkouts.State(trouble: "it is being cloned for the first time"))
                await checkouts.close()
                group.cancelAll()
            }
        }
    }

    // MARK: A branch

    private static func draft(_ repository: WritableRepository, on branch: String = "tipline/runbook-8") async throws
        -> String
    {
        try await repository.commit(
            "hello\n", as: "new.md", on: branch, message: "Draft", at: Date(timeIntervalSince1970: 1_795_608_000))
    }

    @Test func `a file goes onto a branch of the origin, once, and the folder it is in`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            #expect(await checkouts.writable(ops) == nil)
            await checkouts.refresh()
            let repository = try #require(await checkouts.writable(ops))
            #expect(repository.isClone)
            let commit = try await Self.draft(repository)
            #expect(try await sample.git("rev-parse", "tipline/runbook-8") == commit)
            #expect(try await sample.git("diff", "--name-status", "main", commit) == "A\tops/new.md")
            #expect(try await sample.git("rev-parse", "--abbrev-ref", "HEAD") == "main")

            // Before the next fetch and after it.
            await #expect(throws: WritableRepository.Failure.branchExists) { try await Self.draft(repository) }
            try await sample.git("commit", "--quiet", "--allow-empty", "-m", "More")
            try await sample.git("branch", "--force", "tipline/runbook-9", "main")
            await #expect(throws: WritableRepository.Failure.branchExists) {
                try await Self.draft(repository, on: "tipline/runbook-9")
            }
            await checkouts.refresh()
            await #expect(throws: WritableRepository.Failure.branchExists) { try await Self.draft(repository) }
        }
    }

    @Test func `an origin that does not take it says so, and nothing stays behind`() async throws {
        try await SampleRepository.run { sample in
            try await Self.fill(sample)
            let ops = try Self.entry("file://\(sample.path)#ops")
            let checkouts = Self.checkouts(ops, of: sample)
            await checkouts.refresh()
            let repository = try #require(await checkouts.writable(ops))
            try FileManager.default.moveItem(atPath: sample.path, toPath: "\(sample.parent)/elsewhere")
            await #expect(throws: WritableRepository.Failure.notPushed("there is no such repository")) {
                try await Self.draft(repository)
            }
            try FileManager.default.moveItem(atPath: "\(sample.parent)/elsewhere", toPath: sample.path)
            #expect(try await sample.git("branch", "--list", "tipline/*") == "")
            _ = try await Self.draft(repository)
        }
    }
}
