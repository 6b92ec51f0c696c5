/// Files that no frame is in, where the fault may be all the same: those that change together with the frames' files.
enum Companions {
    /// - Parameter together: by file of the trace what changed with it.
    /// - Parameter near: these files, each with the chance that the fault is in it: its companions share in that.
    static func choose(
        _ together: [String: [String: Double]], of near: [Finding.RankedFile], _ evidence: Evidence, in index: PathIndex
    ) -> [String: Double] {
        let traced = Set(evidence.lines.map(\.path))
        let languages = Set(traced.compactMap(PathIndex.language))
        let all = max(near.reduce(0) { $0 + $1.score }, .leastNormalMagnitude)
        var chosen: [String: Double] = [:]
        for file in near {
            for (other, share) in together[file.path] ?? [:]
            where !traced.contains(other) && PathIndex.language(other).map(languages.contains) == true
                && index.contains(other) && !isTest(other)
            {
                chosen[other, default: 0] += file.score / all * share
            }
        }
        let best = chosen.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.prefix(8)
        return Dictionary(uniqueKeysWithValues: best.map { ($0.key, $0.value) })
    }

    private static func isTest(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return PathIndex.isSide(path) || name.hasPrefix("test_") || name.range(ofText: "_test.") != nil
            || name.range(ofText: "_spec.") != nil
    }
}
