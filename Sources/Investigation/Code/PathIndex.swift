/// The files of a repository by name, to find the one that a frame means by the end of its path.
struct PathIndex: Sendable {
    /// A file that a frame may mean.
    struct Match: Sendable, Hashable {
        let path: String
        /// How many parts of the path agree, counted from the end.
        let tail: Int
        /// From 0 to 1: 1 when nothing else could be meant.
        let certainty: Double
    }

    private let byName: [Substring: [String]]
    private let folder: String?
    let count: Int
    /// Submodules and links, which have no text of their own here, and in words what they are.
    private var hidden: [String: String] = [:]

    init(_ listing: TreeListing, folder: String? = nil) {
        self.init(listing.files, folder: folder)
        hidden = listing.hidden
    }

    /// - Parameter folder: only files below it can match.
    init(_ paths: [String], folder: String? = nil) {
        let below = folder.map { $0 + "/" }
        let own = paths.filter { path in below.map { path.hasPrefix($0) } ?? true }
        byName = Dictionary(grouping: own) { path in
            path.utf8.lastIndex(of: 0x2F).map { path[path.utf8.index(after: $0)...] } ?? path[...]
        }
        self.folder = folder
        count = own.count
    }

    func contains(_ path: String) -> Bool {
        let name = path.utf8.lastIndex(of: 0x2F).map { path[path.utf8.index(after: $0)...] } ?? path[...]
        return byName[name]?.contains(path) == true
    }

    /// The files whose path ends in the whole of another.
    func ending(in path: String) -> [String] {
        let parts = path.split(separator: "/").map(String.init)
        return (byName[parts.last?[...] ?? ""] ?? []).filter { Self.tail(parts, $0) == parts.count }
    }

    /// Whether anything is below it; slow, for what is asked seldom.
    func hasFolder(_ folder: String) -> Bool {
        folder.isEmpty || byName.values.contains { $0.contains { $0.hasPrefix(folder + "/") } }
    }

    /// Where the end of the path alone does not tell, what was learnt before does.
    ///
    /// - Parameter known: the longest prefix first.
    func matches(_ path: FramePath, known: [PathMapping]) -> [Match] {
        let found = matches(path)
        guard found.count != 1, !known.isEmpty, !path.isForeign, !path.isInstalled else { return found }
        for meant in known.lazy.compactMap({ $0.path(of: path) }) {
            guard let name = meant.split(separator: "/").last else { continue }
            let paths = Self.variants(of: String(name)).map { String(meant.dropLast(name.count)) + $0 }
            guard let real = paths.first(where: contains), found.isEmpty || found.contains(where: { $0.path == real })
            else { continue }
            return [Match(path: real, tail: Self.tail(path.parts, real), certainty: 1)]
        }
        return found
    }

    /// Why the file of a frame cannot be seen although its place is known: "in the submodule vendor/money, …".
    func hiding(_ path: FramePath) -> String? {
        guard !hidden.isEmpty else { return nil }
        let whole = "/" + path.whole.joined(separator: "/") + "/"
        return hidden.filter { whole.range(ofText: "/\($0.key)/") != nil }.max {
            $0.key.utf8.count < $1.key.utf8.count
        }?.value
    }

    // A name that more files have, such as `index.js`, says nothing by itself.
    private static let fewFiles = 4

    /// The files a frame's path may mean, best first; empty when there is none or there are too many.
    func matches(_ path: FramePath) -> [Match] {
        guard !path.isForeign, let name = path.name else { return [] }
        for variant in Self.variants(of: name) {
            let found = matches(path.parts.dropLast() + [variant], isInstalled: path.isInstalled)
                .filter { $0.tail > 1 || !path.needsFolder || path.parts.count == 1 }
            if !found.isEmpty { return found }
        }
        return path.needsFolder ? [] : matchesInAnotherCase(path, name)
    }

    /// Windows and macOS take `Lib/Cart.js` for `lib/cart.js`, and so may a frame from there.
    private func matchesInAnotherCase(_ path: FramePath, _ name: String) -> [Match] {
        guard !path.isInstalled else { return [] }
        let others = byName.keys.filter { $0.isSameWithoutCase(as: name[...]) && $0 != name }
        let known = others.flatMap { byName[$0] ?? [] }
        guard
            let likest = known.max(by: {
                Self.tail(path.parts, $0, ignoringCase: true) < Self.tail(path.parts, $1, ignoringCase: true)
            })
        else { return [] }
        let tail = Self.tail(path.parts, likest, ignoringCase: true)
        guard tail > 1 || path.parts.count == 1 || known.count == 1 else { return [] }
        let best = known.filter { Self.tail(path.parts, $0, ignoringCase: true) == tail }
        guard best.count <= Self.fewFiles else { return [] }
        return best.sorted(by: Self.isLikelier).map { Match(path: $0, tail: tail, certainty: 0.8 / Double(best.count)) }
    }

    private func matches(_ parts: [String], isInstalled: Bool) -> [Match] {
        guard let name = parts.last, let paths = byName[name[...]] else { return [] }
        let scored = paths.map { (path: $0, tail: Self.tail(parts, $0)) }
        guard let longest = scored.map(\.tail).max() else { return [] }
        let isWhole = longest == parts.count
        let best = scored.filter { $0.tail == longest }.map(\.path)
        if isInstalled {
            // "six.py" of site-packages is not our "shop/six.py", but our "cloudinit/util.py" may be installed there.
            guard isWhole, parts.count > 1 || best.contains(where: { $0.split(separator: "/").count <= 2 }) else {
                return []
            }
        } else if longest == 1, parts.count > 1, best.count > 1 {
            return []
        }
        guard best.count <= Self.fewFiles else { return [] }
        let agreement = isWhole || longest > 1 ? 1 : 0.6
        return best.sorted(by: Self.isLikelier).map {
            Match(path: $0, tail: longest, certainty: agreement / Double(best.count))
        }
    }

    /// Compiled and source names of the same file.
    private static func variants(of name: String) -> [String] {
        guard let dot = name.lastIndex(of: ".") else { return [name] }
        let stem = name[..<dot]
        return switch name[dot...] {
        case ".js", ".mjs", ".cjs": [name, "\(stem).ts", "\(stem).tsx", "\(stem).jsx", "\(stem).mts"]
        case ".pyc", ".pyo": ["\(stem).py"]
        default: [name]
        }
    }

    /// How many parts agree, counted from the end.
    static func tail(_ parts: [String], _ path: String, ignoringCase: Bool = false) -> Int {
        var count = 0
        for (part, other) in zip(parts.reversed(), path.split(separator: "/").reversed()) {
            guard part == other || ignoringCase && other.isSameWithoutCase(as: part[...]) else { break }
            count += 1
        }
        return count
    }

    /// Tests and copies come after the code itself.
    private static func isLikelier(_ left: String, _ right: String) -> Bool {
        if isSide(left) != isSide(right) { return isSide(right) }
        return left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
    }
}

extension Substring {
    /// For ASCII letters, which is what file names have.
    func isSameWithoutCase(as other: Substring) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0 == $1 || ($0 | 0x20) == ($1 | 0x20) && $0.isLetter }
    }
}
