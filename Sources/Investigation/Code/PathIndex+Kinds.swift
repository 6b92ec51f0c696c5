/// What a path alone says of a file.
extension PathIndex {
    /// What its name ends in, without the dot; nil for a name without.
    static func language(_ path: String) -> String? {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        let ending = path[path.index(after: dot)...]
        return !ending.isEmpty && ending.allSatisfy { $0.isLetter || $0.isNumber } ? String(ending) : nil
    }

    /// A test, an example, somebody else's copy: it may be in the trace, but the fault is seldom there.
    static func isSide(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { sides.contains(String($0)) }
    }

    /// What many parts of a program use: it fails by what it is given.
    static func isShared(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        let stem = parts.last.flatMap { $0.split(separator: ".").first }
        return (parts.dropLast() + [stem].compactMap(\.self)).contains { shared.contains($0) }
    }

    private static let shared: Set<Substring> = [
        "lib", "libs", "util", "utils", "common", "core", "base", "compat", "support",
    ]

    private static let sides: Set<String> = [
        "test", "tests", "spec", "__tests__", "selftests", "testing", "examples", "vendor", "third_party", "doc",
        "docs",
    ]
}
