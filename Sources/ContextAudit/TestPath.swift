/// Whether a file holds tests, by the names that the frameworks look for.
enum TestPath {
    static func isTest(_ path: String) -> Bool {
        var parts = path.split(separator: "/")
        guard let name = parts.popLast() else { return false }
        return parts.contains { folders.contains($0.lowercased()) } || isTestFile(name)
    }

    private static let folders: Set<String> = [
        "test", "tests", "spec", "specs", "__tests__", "__mocks__", "testing", "testdata", "fixtures", "e2e", "cypress",
        "androidtest",
    ]

    private static func isTestFile(_ name: Substring) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        let stem = name[..<dot]
        let endings = [".test", ".spec", ".stories", "_test", "_spec", "Test", "Tests", "Spec"]
        return endings.contains { stem.hasSuffix($0) } || name.hasPrefix("test_") || stem == "conftest"
    }
}
