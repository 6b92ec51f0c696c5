/// Files that no frame is in, where the fault may be all the same: those that change together with the likeliest file of
/// the trace.
///
/// A second file of the trace named one more of 493 right files, for as long again.
enum Companions {
    static func choose(_ together: [String: Double], _ evidence: Evidence, in index: PathIndex) -> [String: Double] {
        let traced = Set(evidence.lines.map(\.path))
        let languages = Set(traced.compactMap(PathIndex.language))
        let fitting = together.filter { path, _ in
            !traced.contains(path) && PathIndex.language(path).map(languages.contains) == true
                && index.contains(path) && !isTest(path)
        }
        let best = fitting.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.prefix(8)
        return Dictionary(uniqueKeysWithValues: best.map { ($0.key, $0.value) })
    }

    private static func isTest(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return PathIndex.isSide(path) || name.hasPrefix("test_") || name.range(ofText: "_test.") != nil
            || name.range(ofText: "_spec.") != nil
    }
}
