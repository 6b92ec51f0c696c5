/// What is in a commit.
struct TreeListing: Sendable {
    private(set) var files: [String] = []
    /// Submodules and links, and in words what a frame below them is: "in the submodule vendor/money, …".
    private(set) var hidden: [String: String] = [:]

    /// `ls-tree -r -z` says `100644 blob <hash>`, a tab and the path.
    init(_ output: [UInt8]) {
        for entry in output.split(separator: 0) {
            guard let tab = entry.firstIndex(of: 0x09) else { continue }
            let bytes = entry[entry.index(after: tab)...]
            // `cat-file --batch` takes a name a line.
            guard !bytes.contains(0x0A) else { continue }
            let path = String(decoding: bytes, as: UTF8.self)
            if entry.starts(with: "100".utf8) {
                files.append(path)
            } else if entry.starts(with: "160000".utf8) {
                hidden[path] = "in the submodule \(path), whose code is not in this clone"
            } else if entry.starts(with: "120000".utf8) {
                hidden[path] = "behind the link \(path), and links are not followed"
            }
        }
    }
}
