import FoundationEssentials

@testable import Runbooks

/// A folder of runbooks of its own, removed behind the test.
struct SampleFolder: Sendable {
    let path: String

    static func run(_ body: (SampleFolder) async throws -> Void) async throws {
        let parent = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
        let folder = SampleFolder(path: parent + "/runbooks")
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: parent) }
        try await body(folder)
    }

    /// The folder in which it is.
    var parent: String { String(path.dropLast("/runbooks".count)) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, bytes: Array(text.utf8)) }

    @discardableResult
    func write(_ name: String, bytes: [UInt8]) throws -> String {
        let file = "\(path)/\(name)"
        let folder = file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)
        try FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func library() -> Library { Library(folders: [path]) }

    /// What the troubles say, with paths from this folder on.
    func troubles(_ shelf: Shelf) -> [String] { shelf.troubles.map { shown($0) } }

    func shown(_ trouble: Trouble) -> String { trouble.description.replacing(path + "/", with: "") }
}
