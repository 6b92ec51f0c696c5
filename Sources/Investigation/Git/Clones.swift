import FoundationEssentials
import Glibc

/// The clones of the code: makes them, and keeps them at most a minute behind their origin.
///
/// A path on this machine is used where it is; a URL is cloned, bare, into the data folder. git never asks anything:
/// a remote that wants a password that git does not have is an error at once.
package actor Clones {
    private let folder: String
    private let patience: Duration
    private let limit: Duration
    private let freshness: Duration
    private let tool: Tool
    /// Has a gate of its own: a quick question must not wait behind two slow clones.
    private let probe: Tool
    private let clock = ContinuousClock()
    private var lastFetch: [String: ContinuousClock.Instant] = [:]
    /// Why the last clone or fetch failed.
    private var failures: [String: String] = [:]
    /// What goes on behind an answer. The actor owns these tasks: one a clone, and `close` ends them.
    private var running: [String: Task<Void, Never>] = [:]
    private var waiting: [String: [AsyncStream<Result<Void, any Error>>.Continuation]] = [:]

    /// - Parameter folder: where clones of URLs are kept; made when it is first needed.
    /// - Parameter patience: how long an investigation waits for a fetch before it reads what is there.
    /// - Parameter limit: how long git may take for a clone or a fetch in all.
    /// - Parameter freshness: how old a clone may be before it is fetched.
    package init(
        folder: String, patience: Duration = .seconds(3), limit: Duration = .seconds(900),
        freshness: Duration = .seconds(60)
    ) {
        self.folder = folder
        self.patience = patience
        self.limit = limit
        self.freshness = freshness
        let environment = Self.environment(ProcessInfo.processInfo.environment)
        tool = Tool(name: "git", environment: environment, gate: Gate(width: 2))
        probe = Tool(name: "git", environment: environment, gate: Gate(width: 2))
    }

    /// The clone to read, and a sentence when it may be behind its origin.
    package func repository(for entry: RepositoryEntry) async throws -> (repository: Repository, note: String?) {
        let path = entry.isRemote ? Self.path(for: entry, in: folder) : entry.location
        if entry.isRemote, !Self.exists(path) {
            try await firstClone(of: entry, at: path)
            return (Repository(path: path, folder: entry.folder, origin: entry.location), nil)
        }
        // One that was made before is used as it is, even while its origin cannot be reached.
        guard Self.exists(path), let remote = try? await remote(of: path) else {
            throw CloneError.missing(entry.shownLocation)
        }
        let repository = Repository(path: path, folder: entry.folder, origin: remote.isEmpty ? nil : remote)
        guard !remote.isEmpty, isStale(path) else { return (repository, nil) }
        return (repository, await fetch(path, isOurs: entry.isRemote))
    }

    /// Why the last clone or fetch of an address failed, in a few words; nil when it did not.
    package func failure(of entry: RepositoryEntry) -> String? { failures[Self.path(for: entry, in: folder)] }

    /// Ends what still runs, at shutdown.
    package func close() async {
        let tasks = running.values
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    // MARK: The first time

    private func firstClone(of entry: RepositoryEntry, at path: String) async throws {
        let result = await outcome(of: path, within: patience * 5) { [tool, limit] in
            try await CloneWork(path: path, tool: tool, limit: limit).clone(entry.location)
        }
        switch result {
        case nil: throw CloneError.cloning(entry.shownLocation)
        case .success: return
        case .failure(let error): throw CloneError(error, in: entry)
        }
    }

    // MARK: Every other time

    private func isStale(_ path: String) -> Bool {
        guard let last = lastFetch[path] else { return true }
        return clock.now - last > freshness
    }

    /// Gives up waiting when it is slow, and lets it go on behind the answer. One that failed counts as well: a remote
    /// that is down must not hold up every answer.
    private func fetch(_ path: String, isOurs: Bool) async -> String? {
        let result = await outcome(of: path, within: patience) { [tool, limit] in
            try await CloneWork(path: path, tool: tool, limit: limit).fetch(isOurs: isOurs)
        }
        return switch result {
        case nil: "The clone is still being fetched; the newest commits may be missing."
        case .success: nil
        case .failure: "The clone could not be fetched; the newest commits may be missing."
        }
    }

    private static let noSuchRemote = 2

    /// The URL of `origin`, empty when the clone has no remote; throws when it is no repository.
    private func remote(of path: String) async throws -> String {
        let remote = try await probe.run(
            Git.settings + ["-C", path, "remote", "get-url", "origin"], within: .seconds(10))
        switch remote.exitCode {
        case 0: return remote.firstLine
        case Self.noSuchRemote: return ""
        default: throw Tool.Failure.exit(remote.exitCode, remote.complaint)
        }
    }

    // MARK: Work behind an answer

    /// Nil when it goes on after the time is up.
    private func outcome(
        of path: String, within time: Duration, starting work: @escaping @Sendable () async throws -> Void
    ) async -> Result<Void, any Error>? {
        if running[path] == nil {
            running[path] = Task {
                do {
                    try await work()
                    finish(path, .success(()))
                } catch {
                    finish(path, .failure(error))
                }
            }
        }
        let (results, waiter) = AsyncStream<Result<Void, any Error>>.makeStream()
        waiting[path, default: []].append(waiter)
        return await withTaskGroup(of: Result<Void, any Error>?.self) { group in
            group.addTask { await results.first { _ in true } }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func finish(_ path: String, _ result: Result<Void, any Error>) {
        running[path] = nil
        lastFetch[path] = clock.now
        failures[path] =
            switch result {
            case .success: nil
            case .failure(let error): CloneError.reason(error)
            }
        for waiter in waiting.removeValue(forKey: path) ?? [] {
            waiter.yield(result)
            waiter.finish()
        }
    }

    // MARK: Places

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// A folder that a person recognises, and a number that tells two repositories of one name apart.
    static func path(for entry: RepositoryEntry, in folder: String) -> String {
        let last = entry.location.split(whereSeparator: { $0 == "/" || $0 == ":" }).last ?? "repository"
        let name = last.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || $0 == "_") }
        return
            "\(folder)/\(String(String.UnicodeScalarView(name)).prefix(40))-\(String(entry.location.fingerprint, radix: 16)).git"
    }

    /// What a fetch needs beyond reading: who we are, how the network is reached, and that nobody is there to answer.
    static func environment(_ ours: [String: String]) -> [String: String] {
        var variables = Git.environment
        variables["GIT_CONFIG_GLOBAL"] = nil
        variables["GIT_NO_LAZY_FETCH"] = nil
        for name in passedOn { variables[name] = ours[name] }
        variables["GIT_ASKPASS"] = "/bin/false"
        variables["SSH_ASKPASS"] = "/bin/false"
        variables["GIT_SSH_COMMAND"] = ours["GIT_SSH_COMMAND"] ?? "ssh -oBatchMode=yes -oConnectTimeout=10"
        variables["GIT_ALLOW_PROTOCOL"] = "https:http:ssh:git:file"
        return variables
    }

    private static let passedOn = [
        "HOME", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "http_proxy",
        "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY",
    ]
}
