import Domain
import FoundationEssentials
import GlitchTip
import Investigation

/// An event in a file, investigated without any server: for trying out, and for measuring.
struct EventFile {
    let path: String
    /// As in `TIPLINE_REPOS`, the main one first.
    let repositories: [String]
    let revision: String?
    /// A folder of events seen before, from which it learns which frames are common.
    let seen: String?

    func investigate() async throws -> Finding {
        let event = try Self.read(path)
        var statistics = FrameStatistics()
        for file in try seen.map(Self.files) ?? [] where file.hasSuffix(".json") {
            statistics.learn(try Self.read(file))
        }
        let investigator = Investigator()
        let clones = try await clones(investigator)
        try await check(clones, investigator)
        return await investigator.investigate(
            event, issue: nil, in: clones,
            at: revision.map { .exactly($0) } ?? .ofRelease(event.release),
            seen: statistics, similar: { [] }, progress: { _ in })
    }

    private func clones(_ investigator: Investigator) async throws -> [Repository] {
        var clones: [Repository] = []
        for text in repositories {
            guard let entry = RepositoryEntry(text: text), !entry.isRemote else {
                throw Failed("“\(text)” is not a folder on this machine.")
            }
            let path = Self.absolute(entry.location)
            let origin = await investigator.origin(of: path)
            var clone = Repository(path: path, folder: entry.folder, origin: origin)
            clone.forge = origin.flatMap { Forge(remote: $0) }
            clones.append(clone)
        }
        return clones
    }

    /// What was named and is not there was mistyped: a finding without its code would only look like one.
    private func check(_ clones: [Repository], _ investigator: Investigator) async throws {
        var isKnown = revision == nil || clones.isEmpty
        for (text, clone) in zip(repositories, clones) {
            if let revision, await investigator.commit(revision, in: clone, saidBy: "") != nil {
                isKnown = true
            } else if await investigator.head(of: clone) == nil {
                throw Failed("“\(text)” cannot be read: it is no git repository, or has no commit.")
            }
        }
        guard !isKnown, let revision else { return }
        throw Failed("“\(revision)” is no commit, tag or branch of \(repositories.joined(separator: " or ")).")
    }

    /// For its name: that of `.` is the name of the folder.
    private static func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
        return URL(filePath: whole).standardized.path(percentEncoded: false)
    }

    private static func files(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
        } catch {
            throw Failed("The folder \(folder) cannot be read.")
        }
    }

    static func read(_ path: String) throws -> Event {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failed("The file \(path) cannot be read.")
        }
        do {
            return try EventDocument.decode(Array(data))
        } catch {
            throw Failed("The file \(path) is not an event.")
        }
    }
}
