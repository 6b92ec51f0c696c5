/// Reads the answer of `git cat-file --batch`, an object for each name that was asked.
struct BatchedObjects {
    struct Object {
        let name: String
        let type: String
        let size: Int
        let content: ArraySlice<UInt8>
    }

    private var rest: ArraySlice<UInt8>
    private let hasContent: Bool

    /// - Parameter hasContent: false for `--batch-check`.
    init(_ output: [UInt8], hasContent: Bool = true) {
        rest = output[...]
        self.hasContent = hasContent
    }

    /// Nil for a name that git does not know, and at the end.
    mutating func next() -> Object? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
        rest = rest[(end + 1)...]
        // `<hash> <type> <size>`; of an unknown name `<name> missing`, and a name may have spaces.
        guard words.count == 3, Self.types.contains(words[1]), let size = Int(words[2]) else { return nil }
        guard hasContent else {
            return Object(name: String(words[0]), type: String(words[1]), size: size, content: [])
        }
        guard size >= 0, rest.count > size else { return nil }
        let content = rest.prefix(size)
        rest = rest[(content.endIndex + 1)...]
        return Object(name: String(words[0]), type: String(words[1]), size: size, content: content)
    }

    private static let types: Set<Substring> = ["blob", "commit", "tag", "tree"]
}
