import FoundationEssentials

/// A folder for one test, removed behind it. Its path is short: a socket's may have 107 bytes.
struct TemporaryFolder {
    let path: String

    static func run<T>(_ body: (TemporaryFolder) async throws -> T) async throws -> T {
        let name = "tipline-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        let folder = TemporaryFolder(path: FileManager.default.temporaryDirectory.path() + name)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try await body(folder)
    }

    func file(_ name: String) -> String { path + "/" + name }
}
