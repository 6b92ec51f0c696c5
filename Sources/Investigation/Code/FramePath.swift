import Domain

/// A frame's file name made comparable with the paths of a repository: only its folders and its name are left.
struct FramePath: Sendable, Hashable {
    /// `["lib", "cart.js"]`; empty when the name can be no file.
    let parts: [String]
    /// With the folders of an installation as well.
    let whole: [String]
    /// From a package folder such as `site-packages`: not the team's code, unless the whole rest is in the repository.
    let isInstalled: Bool
    /// From `node_modules`, the runtime itself or the like: never the team's code.
    let isForeign: Bool
    /// Whether the name alone is no sign of a file of the team.
    let needsFolder: Bool

    /// - Parameter isSorted: whether the SDK tells the program's own frames from others.
    init(_ frame: Frame, isSorted: Bool = false) {
        let byName = Self.parts(of: frame.filename)
        let absolute = frame.absolutePath.map(Self.parts(of:)) ?? []
        var parts = absolute.count > byName.count && absolute.last == byName.last ? absolute : byName
        if parts.count <= 1, let name = parts.last, let folders = Self.folders(ofModule: frame.module, file: name) {
            parts = folders + [name]
        }
        // javac puts a class below the folders of its package, kotlinc need not.
        let isOfPackage = parts.count > byName.count && parts.last?.hasSuffix(".java") == true
        self.init(
            parts: parts, isRuntime: Self.isRuntime(frame.filename) || frame.absolutePath.map(Self.isRuntime) == true,
            needsFolder: isOfPackage || isSorted && frame.isInApp == false)
    }

    init(text: String) { self.init(parts: Self.parts(of: text), isRuntime: Self.isRuntime(text)) }

    private init(parts: [String], isRuntime: Bool, needsFolder: Bool = false) {
        self.needsFolder = needsFolder
        whole = parts
        isForeign = isRuntime || parts.contains { Self.foreignFolders.contains($0) }
        if let end = Self.endOfInstallation(parts) {
            // "site_ruby/2.7.0/rubygems/…", "site-packages/scrapy-0.15-py2.7.egg/scrapy/…"
            self.parts = Array(parts[end...].drop { $0.hasSuffix(".egg") || Self.isVersion($0) })
            isInstalled = true
        } else {
            self.parts = parts
            isInstalled = false
        }
    }

    var name: String? { parts.last }

    // Longer than any path a file system takes: somebody plays.
    private static let longest = 1024

    private static func parts(of text: String) -> [String] {
        guard text.utf8.count <= longest, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { return [] }
        var path = text[...]
        if path.hasPrefix("async ") { path = path.dropFirst(6) }
        if let scheme = path.range(ofText: "://") { path = path[scheme.upperBound...] }
        path = path.prefix { $0 != "?" && $0 != "#" }
        var parts: [String] = []
        for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch part {
            case ".", "~": continue
            case "..": _ = parts.popLast()
            case _ where part.count == 2 && part.last == ":": continue
            default: parts.append(String(part))
            }
        }
        return parts
    }

    /// Java and Kotlin give `Cart.java` and the module `com.shop.Cart$Item`; Python's file name has its folders.
    private static func folders(ofModule module: String?, file: String) -> [String]? {
        guard let module, file.hasSuffix(".java") || file.hasSuffix(".kt") || file.hasSuffix(".scala") else {
            return nil
        }
        let folders = module.split(separator: ".").dropLast().map(String.init)
        return folders.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }) ? folders : nil
    }

    private static func isRuntime(_ text: String) -> Bool {
        text.hasPrefix("node:") || (text.hasPrefix("<") && !text.contains("/")) || text.hasPrefix("internal/")
            || text.hasPrefix("[") || text.hasPrefix("/rustc/") || text.prefix(40).range(ofText: "-extension://") != nil
    }

    private static let foreignFolders: Set<String> = [
        "node_modules", "bower_components", ".cargo", ".m2", ".pub-cache", "webpack-internal:",
    ]

    private static let installations: Set<String> = [
        "site-packages", "dist-packages", "vendor_ruby", "site_ruby", "vendor",
    ]

    /// Of Go's standard library, which a program built with `-trimpath` names by its packages alone.
    private static let packages: Set<String> = [
        "runtime", "net", "os", "io", "bufio", "bytes", "strings", "encoding", "database", "context", "sync", "reflect",
        "syscall", "testing", "text", "html", "crypto", "compress", "fmt", "log", "time", "sort", "errors", "math",
    ]

    private static func isVersion(_ part: String) -> Bool {
        part.first?.isNumber == true && part.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Where the part begins that was installed by a package manager or with the language.
    private static func endOfInstallation(_ parts: [String]) -> Int? {
        for index in parts.indices.dropLast().reversed() {
            let part = parts[index]
            if installations.contains(part) { return index + 1 }
            // "/usr/lib/python3.11/threading.py", "/usr/lib/ruby/2.7.0/set.rb", "…/gems/rack-2.2.3/lib/rack.rb"
            if part.hasPrefix("python"), part.dropFirst(6).first?.isNumber == true { return index + 1 }
            let before = index > 0 ? parts[index - 1] : ""
            if before == "ruby" || before == "gems", part.contains(where: \.isNumber), part.contains(".") {
                return index + 1
            }
            if before == "mod" && index > 1 && parts[index - 2] == "pkg" { return index + 1 }
            // "/usr/local/go/src/net/http/server.go", "/usr/lib/go-1.22/src/…"
            if part == "src", before.hasPrefix("go-1.") || before == "go" && index > 1 && parts[index - 2] == "local" {
                return index + 1
            }
            // "github.com/gin-gonic/gin@v1.9.1/context.go"
            if let at = part.range(ofText: "@v"), part[at.upperBound...].first?.isNumber == true { return 0 }
        }
        let isOfGo = parts.last?.hasSuffix(".go") == true && parts.count > 1 && packages.contains(parts[0])
        return isOfGo ? 0 : nil
    }
}
