/// git, for reading one clone: no prompts, no hooks, nobody's configuration, nothing written.
struct Git: Sendable {
    let path: String
    private let tool: Tool
    /// How long one of git's programs may take.
    let limit: Duration

    init(path: String, gate: Gate, limit: Duration) {
        self.path = path
        self.limit = limit
        tool = Tool(name: "git", environment: Self.environment, gate: gate)
    }

    /// Throws when git exits with anything but 0.
    func run(_ arguments: [String], input: [UInt8] = [], limit bytes: Int = 32 << 20) async throws -> [UInt8] {
        let output = try await output(arguments, input: input, limit: bytes)
        guard output.exitCode == 0 else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        return output.bytes
    }

    /// Whatever git exits with.
    func output(
        _ arguments: [String], input: [UInt8] = [], limit bytes: Int = 32 << 20, patience: Duration? = nil
    ) async throws -> Tool.Output {
        try await tool.run(
            Self.settings + ["-C", path] + arguments, input: input, limit: bytes, within: limit, patience: patience)
    }

    /// What only adds to an answer: it waits for that an eighth of what one program may take, a second.
    func hint<Result: Sendable>(_ ask: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withTimeLimit(limit / 8, or: Tool.Failure.tooSlow("git"), ask)
    }

    static let environment = [
        "PATH": searchPath, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_PAGER": "cat",
        // Before git 2.45 a partial clone fetches what is missing all the same.
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_REPLACE_OBJECTS": "1",
    ]

    static let searchPath = "/usr/local/bin:/usr/bin:/bin"

    /// The clone may belong to another user, and its own configuration must not start a program.
    static let settings = [
        "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
        "-c", "safe.directory=*", "-c", "core.untrackedCache=false", "-c", "gc.auto=0",
    ]
}
