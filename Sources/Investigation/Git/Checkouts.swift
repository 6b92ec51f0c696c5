import FoundationEssentials
import Glibc

/// The Markdown files of repositories that are elsewhere: of each a folder with those of its newest commit, at most a
/// minute or two behind.
///
/// Each commit has a folder of its own, which is renamed when it is whole: whoever reads meanwhile never meets half a
/// change. Links are written as links, and what they lead to is the reader's affair.
package actor Checkouts {
    private let entries: [RepositoryEntry]
    private let folder: String
    private let pause: Duration
    private let clones: Clones
    private let tool = Tool(name: "git", environment: Git.environment, gate: Gate(width: 2))
    private var states: [RepositoryEntry: State] = [:]
    /// One look at an entry at a time: two would write into one unfinished folder.
    private let turns: [RepositoryEntry: Gate]

    private static let limit = Duration.seconds(60)

    package struct State: Sendable, Hashable {
        /// The folder with the files; nil while there is none.
        package var path: String?
        /// Why there is none, or why it may be behind: a few words, nothing secret among them.
        package var trouble: String?
    }

    /// - Parameter folder: where clones and files are kept; made when it is first needed.
    /// - Parameter patience: how long one look waits for the network.
    /// - Parameter pause: between two looks.
    package init(
        _ entries: [RepositoryEntry], folder: String, patience: Duration = .seconds(10), pause: Duration = .seconds(60)
    ) {
        self.entries = entries
        self.folder = folder
        turns = Dictionary(entries.map { ($0, Gate(width: 1)) }) { first, _ in first }
        self.pause = pause
        // One that failed is tried again at the next look, and not sooner.
        clones = Clones(folder: folder, patience: patience, freshness: .zero)
    }

    /// What there is now, without waiting for anything.
    package func state(of entry: RepositoryEntry) -> State {
        states[entry] ?? State(trouble: "it is being fetched for the first time")
    }

    /// Looks for changes until it is cancelled.
    package func keep() async {
        while !entries.isEmpty, !Task.isCancelled {
            await refresh()
            try? await Task.sleep(for: pause)
        }
        await clones.close()
    }

    /// Looks once, at all of them side by side.
    package func refresh() async {
        await withDiscardingTaskGroup { group in
            for (entry, turn) in turns {
                group.addTask { try? await turn.pass { await self.refresh(entry) } }  // Throws when cancelled.
            }
        }
    }

    /// Ends what still runs.
    package func close() async { await clones.close() }

    /// Our clone of an address, to add a file there; nil when there is none yet.
    package func writable(_ entry: RepositoryEntry) async -> WritableRepository? {
        await WritableRepository.clone(at: Clones.path(for: entry, in: folder), folder: entry.folder)
    }

    // MARK: One of them

    private func refresh(_ entry: RepositoryEntry) async {
        let clone = Clones.path(for: entry, in: folder)
        // After a start the files of the last time are there at once, however slow the network is.
        if states[entry] == nil, access(clone, F_OK) == 0 { await publish(entry, from: clone) }
        do {
            let note = try await clones.repository(for: entry).note
            await publish(entry, from: clone)
            if note != nil, let reason = await clones.failure(of: entry) {
                states[entry]?.trouble = "it cannot be fetched: \(reason); these are the files of the last time"
            }
        } catch CloneError.cloning {
            states[entry] = State(trouble: "it is being cloned for the first time")
        } catch CloneError.failed(_, let reason) {
            states[entry] = State(trouble: "it cannot be cloned: \(reason)")
        } catch {
            states[entry, default: State()].trouble = "its clone cannot be read; if it is damaged, remove \(clone)"
        }
    }

    private struct Absent: Error { let words: String }

    private func publish(_ entry: RepositoryEntry, from clone: String) async {
        do {
            let commit = try await text(
                ["-C", clone, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"], or: "no commit")
            let tree = entry.folder.map { "\(commit):\($0)" } ?? "\(commit)^{tree}"
            let missing = entry.folder.map { "no folder “\($0)”" } ?? "no files"
            guard try await text(["-C", clone, "cat-file", "-t", tree], or: missing) == "tree" else {
                throw Absent(words: "it has \(missing)")
            }
            let place = place(of: entry)
            try await write(tree, of: clone, to: "\(place)/\(commit)")
            let before = states[entry]?.path
            states[entry] = State(path: "\(place)/\(commit)")
            // Somebody may still read in the one before.
            Self.clear(place, but: [states[entry]?.path, before].compactMap(\.self))
        } catch let error as Absent {
            states[entry] = State(trouble: error.words)
        } catch {
            states[entry] = State(path: states[entry]?.path, trouble: "its files cannot be written to \(folder)")
        }
    }

    /// Two folders of one repository share its clone, and not its files.
    private func place(of entry: RepositoryEntry) -> String {
        let clone = Clones.path(for: entry, in: folder).dropLast(".git".count)
        return "\(clone)-\(String((entry.folder ?? "").fingerprint, radix: 16)).files"
    }

    private func write(_ tree: String, of clone: String, to target: String) async throws {
        guard access(target, F_OK) != 0 else { return }
        let partial = target + ".partial"
        let variables = ["GIT_INDEX_FILE": partial + ".index"]
        try? FileManager.default.removeItem(atPath: partial)
        try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: partial + ".index") }
        try await run(["-C", clone, "read-tree", tree], variables)
        let names = try await run(["-C", clone, "ls-files", "-z", "--", "*.md"], variables)
        try await run(
            ["--git-dir=\(clone)", "--work-tree=\(partial)", "checkout-index", "-z", "--stdin"], variables, input: names
        )
        guard rename(partial, target) == 0 else { throw Tool.Failure.exit(-1, "the files could not be moved") }
    }

    private static func clear(_ place: String, but kept: [String]) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        where !kept.contains("\(place)/\(name)") {
            try? FileManager.default.removeItem(atPath: "\(place)/\(name)")
        }
    }

    private func text(_ arguments: [String], or what: String) async throws -> String {
        do {
            return String(decoding: try await run(arguments).filter { $0 != 0x0A }, as: UTF8.self)
        } catch Tool.Failure.exit {
            throw Absent(words: "it has \(what)")
        }
    }

    @discardableResult
    private func run(
        _ arguments: [String], _ variables: [String: String] = [:], input: [UInt8] = []
    ) async throws -> [UInt8] {
        let tool = Tool(name: "git", environment: Git.environment.merging(variables) { $1 }, gate: tool.gate)
        let output = try await tool.run(Git.settings + arguments, input: input, within: Self.limit)
        guard output.exitCode == 0 else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        return output.bytes
    }
}
