import FoundationEssentials
import Glibc
import Threads

/// A program that a test starts, reads line by line, and kills at the end.
///
///     try await ChildProcess.run("LedgerWriter", ["work", path]) { child in
///         while let line = await child.line() { … }
///     }
package actor ChildProcess {
    /// Its output is waited for here, and not on a thread that other tests need.
    private let executor = ThreadExecutor()
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let output: Int32
    /// Zero when it has ended and was reaped.
    package private(set) var process: pid_t
    private var unread: [UInt8] = []

    package static func run<T: Sendable>(
        _ program: String, _ arguments: [String], isolation: isolated (any Actor)? = #isolation,
        _ body: (ChildProcess) async throws -> T
    ) async throws -> T {
        let child = try ChildProcess(program, arguments)
        do {
            let result = try await body(child)
            await child.kill()
            return result
        } catch {
            await child.kill()
            throw error
        }
    }

    /// Whoever calls this kills it too.
    package init(_ program: String, _ arguments: [String]) throws {
        let (exit, entrance) = try pipeEnds()
        defer { close(entrance) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, entrance, 1)
        posix_spawn_file_actions_adddup2(&actions, entrance, 2)
        // The sockets of the tests beside this one would stay open in the child.
        for descriptor in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        // The coverage of a program of ours would be written to wherever we stand.
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var environment = [strdup("PATH=\(path)"), strdup("LLVM_PROFILE_FILE=/dev/null"), nil]
        defer { environment.forEach { free($0) } }
        var id = pid_t()
        let status = posix_spawnp(&id, program, &actions, nil, &words, &environment)
        guard status == 0 else {
            close(exit)
            throw SystemError(number: status)
        }
        process = id
        output = exit
    }

    deinit { close(output) }

    /// The next line of its output; nil at the end.
    package func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &bytes, bytes.count)
            // A line that is cut off by the end is none.
            guard count > 0 else { return nil }
            unread += bytes[..<count]
        }
    }

    package func signal(_ number: Int32) {
        if process > 0 { Glibc.kill(process, number) }
    }

    /// In the middle of whatever it does. Returns when it is gone, with all that it held.
    package func kill() {
        guard process > 0 else { return }
        Glibc.kill(process, SIGKILL)
        waitpid(process, nil, 0)
        process = 0
    }
}

/// A program that is built beside the tests.
package func built(_ name: String) throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return tests.prefix(through: tests.lastIndex(of: "/") ?? tests.startIndex) + name
}

package struct SystemError: Error {
    let number: Int32

    package init(number: Int32) { self.number = number }
}
