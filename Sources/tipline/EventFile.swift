import Domain
import FoundationEssentials
import GlitchTip
import Investigation

/// An event in a file, investigated without any server: for trying out, and for measuring.
struct EventFile {
    let path: String
    let repository: String?
    let revision: String?
    /// A folder of events seen before, from which it learns which frames are common.
    let seen: String?

    func investigate() async throws -> Finding {
        let event = try Self.read(path)
        var statistics = FrameStatistics()
        for file in try seen.map(Self.files) ?? [] where file.hasSuffix(".json") {
            statistics.learn(try Self.read(file))
        }
        let clone = try repository.map(Self.clone)
        let investigator = Investigator()
        async let forge = Self.forge(of: clone, investigator)
        var finding = await investigator.investigate(
            event, issue: nil, in: clone.map { [$0] } ?? [],
            at: revision.map { .exactly($0) } ?? .ofRelease(event.release),
            seen: statistics, similar: { [] }, progress: { _ in })
        finding.forge = await forge
        return finding
    }

    private static func forge(of clone: Repository?, _ investigator: Investigator) async -> Forge? {
        guard let clone else { return nil }
        return await investigator.forge(of: clone)
    }

    private static func clone(_ path: String) throws -> Repository {
        guard let entry = RepositoryEntry(text: path), !entry.isRemote else {
            throw Failed("“\(path)” is not a folder on this machine.")
        }
        return Repository(path: entry.location, folder: entry.folder)
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
