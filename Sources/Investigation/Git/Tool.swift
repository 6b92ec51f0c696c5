import Glibc
import Subprocess

/// A program that reads the code, git or rg: started with an array of arguments and an environment of our own,
/// bounded in time and output, and killed with all its children when the time is up or nobody waits any more.
struct Tool: Sendable {
    /// What it printed and how it ended.
    struct Output: Sendable {
        let bytes: [UInt8]
        let complaint: String
        let exitCode: Int
        /// Whether it was stopped before its end, and this is what it had printed by then.
        let isCut: Bool

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// Without its end of line, as an address must be.
        var firstLine: String { String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self) }
    }

    enum Failure: Error, Hashable {
        case notInstalled(String)
        case tooSlow(String)
        case tooMuchOutput(String)
        case exit(Int, String)
    }

    let name: String
    let environment: [String: String]
    let gate: Gate

    /// - Parameter time: throws `tooSlow` after it.
    /// - Parameter patience: stops the program after it and keeps what it printed so far; less than `time`.
    func run(
        _ arguments: [String], input: [UInt8] = [], limit: Int = 32 << 20, within time: Duration,
        patience: Duration? = nil
    ) async throws -> Output {
        // The kernel ends an argument at NUL; git would read another one than we meant.
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw Failure.exit(128, "an argument has NUL")
        }
        return try await gate.pass {
            try await withTimeLimit(time, or: Failure.tooSlow(name)) {
                try await start(arguments, input: input, limit: limit, patience: patience)
            }
        }
    }

    /// The input as a file without a name: with a pipe, a child that ends before it has read everything ends us as well
    /// (SIGPIPE, and swift-subprocess 1.0 stops the program over a descriptor that it has not closed then).
    private static func file(_ bytes: [UInt8]) throws -> Int32 {
        guard !bytes.isEmpty else { return open("/dev/null", O_RDONLY | O_CLOEXEC) }
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(folder)/tipline-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw Failure.exit(-1, "no room for the input") }
        unlink(name)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                throw Failure.exit(-1, "no room for the input")
            }
            written += count
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private func start(
        _ arguments: [String], input: [UInt8], limit: Int, patience: Duration?
    ) async throws -> Output {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
        ]
        let variables = environment.map { key, value in Array("\(key)=\(value)".utf8) + [0] }
        do {
            let result = try await Subprocess.run(
                .name(name), arguments: Arguments(arguments), environment: .custom(variables),
                platformOptions: options,
                input: .fileDescriptor(.init(rawValue: try Self.file(input)), closeAfterSpawningProcess: true),
                output: .sequence,
                error: .bytes(limit: 1 << 20)
            ) { execution in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    if let patience {
                        group.addTask {
                            // Throws when cancelled: the program has ended by itself.
                            guard (try? await Task.sleep(for: patience)) != nil else { return false }
                            try? execution.send(signal: .kill, toProcessGroup: true)
                            return true
                        }
                    }
                    var bytes: [UInt8] = []
                    for try await buffer in execution.standardOutput {
                        buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
                        guard bytes.count <= limit else { throw Failure.tooMuchOutput(name) }
                    }
                    group.cancelAll()
                    return (bytes: bytes, isCut: try await group.next() == true)
                }
            }
            let code: Int
            switch result.terminationStatus {
            case .exited(let status): code = Int(status)
            case .signaled(let signal): code = 128 + Int(signal)
            }
            return Output(
                bytes: result.closureResult.bytes,
                complaint: String(decoding: result.standardError, as: UTF8.self), exitCode: code,
                isCut: result.closureResult.isCut)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            switch error.code {
            case .executableNotFound: throw Failure.notInstalled(name)
            case .outputLimitExceeded: throw Failure.tooMuchOutput(name)
            default: throw Failure.exit(-1, "\(name) could not be run")
            }
        }
    }
}

/// Runs the body, and cancels it when the time is up; waits until it has cleaned up behind itself.
func withTimeLimit<Result: Sendable>(
    _ limit: Duration, or error: any Error, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { throw error }
        return result
    }
}
