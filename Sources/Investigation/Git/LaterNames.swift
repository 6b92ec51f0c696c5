/// Finds what a file is called by now that had another name when the program was built.
///
/// Where it was is not quite known: of `/srv/app/lib/cart.js` it may have been `app/lib/cart.js` or `lib/cart.js`.
struct LaterNames: Sendable {
    let git: Git
    let sha: String
    /// Only names below it count.
    let folder: String?
    let isThere: @Sendable (String) -> Bool

    private static let mostPlaces = 4
    private static let mostMoves = 3

    struct Found: Sendable, Hashable {
        let old: String
        let new: String
    }

    /// Without those that were never there, are gone for good, or are not found in time.
    func find(_ paths: [FramePath]) async -> [FramePath: Found] {
        let found = try? await git.hint {
            await withTaskGroup(of: (FramePath, Found?).self) { group in
                for path in paths { group.addTask { (path, await find(path)) } }
                return await group.reduce(into: [FramePath: Found]()) { $0[$1.0] = $1.1 }
            }
        }
        return found ?? [:]
    }

    /// Side by side, for git knows at once that a file was never there; the longest path wins.
    private func find(_ path: FramePath) async -> Found? {
        let places = Self.places(path).map { place in folder.map { "\($0)/\(place)" } ?? place }
        return await withTaskGroup(of: (Int, Found?).self) { group in
            for (rank, place) in places.enumerated() { group.addTask { (rank, await follow(place)) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.lazy.compactMap(\.1).first
        }
    }

    /// A bare name says too little when there are folders before it.
    static func places(_ path: FramePath) -> [String] {
        let shortest = min(2, path.parts.count)
        return (shortest...max(shortest, path.parts.count)).prefix(mostPlaces).reversed().map {
            path.parts.suffix($0).joined(separator: "/")
        }
    }

    private func follow(_ old: String) async -> Found? {
        var name = old
        for _ in 0..<Self.mostMoves {
            // The last commit that touched a file that is gone is the one that took it away.
            let output = try? await git.run(
                [
                    "--literal-pathspecs", "log", "-1", "--format=", "--no-show-signature", "--no-color",
                    "--no-ext-diff", "--full-diff", "--name-status", "-z", "--find-renames",
                    "-l\(Renames.mostCompared)",
                    sha, "--", name,
                ], limit: 8 << 20)
            guard let output, let next = Renames.read(output)[name] else { return nil }
            if isThere(next) { return Found(old: old, new: next) }
            name = next
        }
        return nil
    }
}
