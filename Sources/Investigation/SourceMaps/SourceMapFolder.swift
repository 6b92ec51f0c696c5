import FoundationEssentials
import Glibc

/// A folder on this machine with the source maps that a build made, as `TIPLINE_SOURCEMAPS` names it.
package struct SourceMapFolder: Sendable, Hashable {
    private let path: String

    /// Nil for what is no full path.
    package init?(path: String) {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
        self.path = path
    }

    // A folder of more than that is not one of maps alone, and listing it takes too long.
    private static let mostFiles = 20_000

    /// The maps that lie in it, below too.
    func index() -> PathIndex {
        // One that cannot be read is as one without maps: each bundle is then said to have none.
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return PathIndex(files.prefix(Self.mostFiles).filter { $0.hasSuffix(".map") })
    }

    /// One of those that `index` named.
    func bytes(of map: String, atMost largest: Int) -> [UInt8]? {
        var status = stat()
        guard stat("\(path)/\(map)", &status) == 0, status.st_size <= largest else { return nil }
        return FileManager.default.contents(atPath: "\(path)/\(map)").map(Array.init)
    }
}
