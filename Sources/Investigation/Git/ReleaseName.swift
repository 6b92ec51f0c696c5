/// A release as SDKs name it, taken apart: `shop-web@2.3.1+9fceb02`.
struct ReleaseName: Sendable {
    private let text: String
    /// Before the `@`, without its own folders; nil when there is none.
    private let package: String?
    /// Without package, `v` and build.
    private let number: String
    private let version: Substring
    private let build: Substring

    /// Nil when it is too long for the name of anything.
    init?(_ text: String) {
        guard text.utf8.count <= 200, !text.isEmpty else { return nil }
        self.text = text
        // The last one: npm's packages begin with another, as in `@acme/shop@2.3.1`.
        let halves = text[...].cut(atLast: "@")
        package = halves?.0.split(separator: "/").last.map(String.init)
        version = halves?.1 ?? text[...]
        let bare = version.prefix { $0 != "+" }
        build = version[bare.endIndex...].dropFirst()
        number = String(bare.hasPrefix("v") ? bare.dropFirst() : bare)
    }

    /// What it may be called in the repository, the surest first.
    func candidates(_ pattern: TagPattern?) -> [String] {
        var tags = pattern.map { [$0.tag(for: number)] } ?? []
        tags += [text]
        // In a repository of several programs the bare number is another's.
        if let package {
            tags += ["\(package)@\(number)", "\(package)-\(number)", "\(package)-v\(number)", "\(package)/\(number)"]
            tags += ["\(package)/v\(number)"]
        }
        tags += [String(version), number, "v\(number)", "release-\(number)", "release/\(number)"]
        var seen: Set<String> = []
        return (described + built + tags.map { Self.tags + $0 } + bare).filter { seen.insert($0).inserted }
    }

    static let tags = "refs/tags/"

    /// The commit of the build, which says more than the number: `2.3.1+9fceb02` as .NET's SDK writes it,
    /// `2.3.2.dev1+g9fceb02.d20260101` as setuptools does.
    private var built: [String] {
        let word = build.prefix { $0 != "." }.lowercased()
        return [word, word.hasPrefix("g") ? String(word.dropFirst()) : ""].filter(Self.isHash)
    }

    /// `9fceb02`, and `sha-9fceb02` as images are tagged.
    private var bare: [String] {
        [number[...].after("sha-") ?? number[...]].map { $0.lowercased() }.filter(Self.isHash)
    }

    /// What `git describe` makes: `2.3.1-5-g9fceb02`. It is not the tag that it begins with.
    private var described: [String] { [number[...].cut(at: "-g")?.1.lowercased() ?? ""].filter(Self.isHash) }

    static func isHash(_ text: String) -> Bool {
        (7...64).contains(text.utf8.count) && text.utf8.allSatisfy(\.isHexDigit)
    }
}

extension UInt8 {
    var isHexDigit: Bool { (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }
}
