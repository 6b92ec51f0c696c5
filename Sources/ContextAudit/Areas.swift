/// Which part of a repository a file belongs to: its package, or the top-level folder where there are no packages.
struct Areas: Sendable {
    private static let manifests: Set<String> = [
        "package.json", "pyproject.toml", "setup.py", "requirements.txt", "composer.json", "Gemfile", "go.mod",
        "pom.xml",
        "build.gradle", "build.gradle.kts",
    ]

    private var packages: Set<String> = []

    static func isManifest(_ name: Substring) -> Bool { manifests.contains(String(name)) }

    mutating func add(manifest path: String) {
        if let slash = path.lastIndex(of: "/") { packages.insert(String(path[..<slash])) }
    }

    func area(of path: String) -> String {
        var folder = Substring(path)
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if packages.contains(String(folder)) { return String(folder) }
        }
        guard let slash = path.firstIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }
}
