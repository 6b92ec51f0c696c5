/// A pattern of `CODEOWNERS`, as `.gitignore` has them.
struct PathPattern: Sendable {
    /// `**` is one of its own.
    private let parts: [[UInt8]]
    private let isFolder: Bool

    /// Nil for an empty one, for one that excludes, and for one too long to be meant.
    init?(_ text: String) {
        guard !text.isEmpty, !text.hasPrefix("!"), text.utf8.count <= 300 else { return nil }
        isFolder = text.hasSuffix("/")
        var parts = text.split(separator: "/").map { Array($0.utf8) }
        guard !parts.isEmpty, parts.count <= 30 else { return nil }
        // Without a slash before its end it may be anywhere.
        if !text.utf8.dropLast().contains(0x2F) { parts.insert(Self.any, at: 0) }
        self.parts = parts
    }

    private static let any = Array("**".utf8)
    private static let star = UInt8(ascii: "*")

    func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map { Array($0.utf8) }
        // By rows as a table: with many stars, trying every split would take forever.
        var reached = [true] + [Bool](repeating: false, count: names.count)
        for part in parts {
            var next = [Bool](repeating: false, count: names.count + 1)
            for index in 0...names.count {
                if part == Self.any {
                    next[index] = reached[index] || (index > 0 && next[index - 1])
                } else if index > 0, reached[index - 1] {
                    next[index] = Self.fits(part, names[index - 1])
                }
            }
            reached = next
        }
        // What is in a folder that matches belongs to it; `docs/*` means the files of docs alone.
        if !isFolder, reached[names.count] { return true }
        guard parts.last != [Self.star] else { return false }
        return reached.dropLast().dropFirst().contains(true)
    }

    /// `*` and `?` inside of one name.
    private static func fits(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var (p, n) = (0, 0)
        var back: (p: Int, n: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == star {
                back = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
                (p, n) = (p + 1, n + 1)
            } else if let last = back {
                back = (last.p, last.n + 1)
                (p, n) = (last.p + 1, last.n + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == star }
    }
}
