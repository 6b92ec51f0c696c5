import FoundationEssentials
import Testing

@testable import Investigation

/// A file on a branch of its own, in a real work tree where somebody is at work.
@Suite struct WritableRepositoryTests {
    private static let date = Date(timeIntervalSince1970: 1_795_608_000)

    private static func commit(_ sample: SampleRepository) async throws -> String {
        let tree = try #require(await WritableRepository.around(sample.path + "/books"))
        return try await tree.commit(
            "hello\n", as: "new.md", on: "tipline/runbook-8", message: "Draft a runbook\n\nWhy.", at: date)
    }

    @Test func `commits one file more, and touches neither HEAD nor index nor files`() async throws {
        try await SampleRepository.run { sample in
            try sample.write("books/old.md", "old\n")
            let head = try await sample.commit("Begin")
            try sample.write("books/old.md", "in the middle of something\n")
            try sample.write("staged.txt", "staged\n")
            try await sample.git("add", "staged.txt")
            try sample.write("new.txt", "new\n")
            let before = try await sample.git("status", "--porcelain")

            let commit = try await Self.commit(sample)
            #expect(try await sample.git("rev-parse", "tipline/runbook-8") == commit)
            #expect(try await sample.git("rev-parse", "tipline/runbook-8^") == head)
            #expect(try await sample.git("diff", "--name-status", head, commit) == "A\tbooks/new.md")
            #expect(try await sample.git("show", "\(commit):books/new.md") == "hello")
            #expect(
                try await sample.git("log", "-1", "--format=%an|%s|%ct", commit) == "Tipline|Draft a runbook|1795608000"
            )
            #expect(try await sample.git("rev-parse", "--abbrev-ref", "HEAD") == "main")
            #expect(try await sample.git("rev-parse", "HEAD") == head)
            #expect(try await sample.git("status", "--porcelain") == before)
        }
    }

    @Test func `a branch that is there stays as it is`() async throws {
        try await SampleRepository.run { sample in
            try sample.write("books/old.md", "old\n")
            let head = try await sample.commit("Begin")
            try await sample.git("branch", "tipline/runbook-8")
            await #expect(throws: WritableRepository.Failure.branchExists) { try await Self.commit(sample) }
            #expect(try await sample.git("rev-parse", "tipline/runbook-8") == head)
        }
    }

    @Test func `a branch that stands in the way is no branch of this name`() async throws {
        try await SampleRepository.run { sample in
            try sample.write("books/old.md", "old\n")
            try await sample.commit("Begin")
            try await sample.git("branch", "tipline")
            await #expect(throws: WritableRepository.Failure.refused) { try await Self.commit(sample) }
        }
    }

    @Test func `there is none in a plain folder, nor before the first commit`() async throws {
        try await SampleRepository.run { sample in
            #expect(await WritableRepository.around(sample.path) == nil)
            #expect(await WritableRepository.around(sample.parent) == nil)
            #expect(await WritableRepository.around("/nonexistent") == nil)
        }
    }
}
