/// Files that no frame is in, where the fault may be all the same: those that change together with the frames' files.
enum Companions {
    // The file of the crash tells more than its caller's.
    private static let trust = [1, 0.7, 0.5]

    /// - Parameter together: by file of the trace what changed with it.
    /// - Parameter near: these files, the crash first.
    static func choose(
        _ together: [String: [String: Double]], of near: [String], _ evidence: Evidence, in index: PathIndex
    ) -> [String: Double] {
        let traced = Set(evidence.lines.map(\.path))
        let languages = Set(traced.map(ending))
        var chosen: [String: Double] = [:]
        for (path, trust) in zip(near, trust) {
            for (other, share) in together[path] ?? [:]
            where !traced.contains(other) && languages.contains(ending(other)) && index.contains(other)
                && !isTest(other)
            {
                chosen[other, default: 0] += trust * share
            }
        }
        let best = chosen.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.prefix(8)
        return Dictionary(uniqueKeysWithValues: best.map { ($0.key, $0.value) })
    }

    private static func ending(_ path: String) -> Substring {
        path.lastIndex(of: ".").map { path[$0...] } ?? path[path.endIndex...]
    }

    private static func isTest(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return PathIndex.isSide(path) || name.hasPrefix("test_") || name.range(ofText: "_test.") != nil
            || name.range(ofText: "_spec.") != nil
    }
}
