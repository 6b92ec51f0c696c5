import FoundationEssentials
import Testing

@testable import Investigation

/// Programs are bounded in time and output, and leave nobody behind.
@Suite(.timeLimit(.minutes(5))) struct ToolTests {
    private func tool(_ name: String) -> Tool { Tool(name: name, environment: Git.environment, gate: Gate(width: 3)) }

    @Test func `one that takes too long is ended, with the children it started`() async throws {
        // The marker is an argument of the grandchild, by which the process list tells whether it is still there.
        let marker = "86\(UInt32.random(in: 100_000...999_999))"
        await #expect(throws: Tool.Failure.tooSlow("sh")) {
            try await tool("sh").run(["-c", "sleep \(marker) & sleep \(marker)"], within: .milliseconds(300))
        }
        #expect(try await remaining(endingWith: marker) == [])
    }

    @Test func `one that is stopped when patience ends has said what it printed until then`() async throws {
        let marker = "85\(UInt32.random(in: 100_000...999_999))"
        let output = try await tool("sh").run(
            ["-c", "echo newest; sleep \(marker) & sleep \(marker); echo oldest"], within: .seconds(60),
            patience: .seconds(2))
        #expect(output.text == "newest\n")
        #expect(output.isCut)
        #expect(try await remaining(endingWith: marker) == [])
        let whole = try await tool("echo").run(["all"], within: .seconds(60), patience: .seconds(50))
        #expect(whole.text == "all\n")
        #expect(!whole.isCut)
    }

    /// The kernel ends them, but not before `kill` returns.
    private func remaining(endingWith marker: String) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !processes(endingWith: marker).isEmpty, ContinuousClock.now < deadline { await Task.yield() }
        return try processes(endingWith: marker)
    }

    private func processes(endingWith marker: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            let command = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self).hasSuffix("\(marker)\0")
        }
    }

    @Test func `one that says too much is ended`() async {
        await #expect(throws: Tool.Failure.tooMuchOutput("yes")) {
            try await tool("yes").run([], limit: 1000, within: .seconds(30))
        }
    }

    @Test func `one that does not read its input harms nobody`() async throws {
        let input = [UInt8](repeating: 0x41, count: 4 << 20)
        #expect(try await tool("true").run([], input: input, within: .seconds(30)).exitCode == 0)
        #expect(try await tool("cat").run([], input: input, within: .seconds(30)).bytes == input)
    }

    @Test func `one that is not installed, and an argument that git would see cut`() async {
        await #expect(throws: Tool.Failure.notInstalled("no-such-tool")) {
            try await tool("no-such-tool").run([], within: .seconds(5))
        }
        await #expect(throws: Tool.Failure.self) { try await tool("echo").run(["a\u{0}b"], within: .seconds(5)) }
    }

    @Test func `a whole crowd gets through the gate, and one that is cancelled does not block it`() async throws {
        let tool = tool("true")
        let impatient = Task { try await tool.run([], within: .seconds(5)) }
        impatient.cancel()
        _ = await impatient.result
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await tool.run([], within: .seconds(30)).exitCode } }
            for try await code in group { #expect(code == 0) }
        }
    }
}
