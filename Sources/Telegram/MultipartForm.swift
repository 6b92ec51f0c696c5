/// The body of a request that carries a file, `multipart/form-data`.
struct MultipartForm {
    let boundary: String
    let bytes: [UInt8]

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    struct File {
        let field: String
        let name: String
        let type: String
        let bytes: [UInt8]
    }

    init(_ fields: [(name: String, value: String)], _ file: File) {
        boundary = Self.boundary(for: fields.map { Array($0.value.utf8) } + [file.bytes])
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.bytes.count + 2048)
        func line(_ text: String) { bytes += Array("\(text)\r\n".utf8) }
        for (name, value) in fields {
            line("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n")
            line(value)
        }
        let disposition = "form-data; name=\"\(file.field)\"; filename=\"\(Self.safe(file.name))\""
        line("--\(boundary)\r\nContent-Disposition: \(disposition)\r\nContent-Type: \(file.type)\r\n")
        bytes += file.bytes
        line("\r\n--\(boundary)--")
        self.bytes = bytes
    }

    /// A line that stands in none of the contents; the same contents get the same one.
    private static func boundary(for contents: [[UInt8]]) -> String {
        // FNV-1a. A file that holds the boundary which comes of it gets the next.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in contents.joined() { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        while true {
            let boundary = "tipline-\(String(hash, radix: 16))"
            guard contents.contains(where: { $0.contains(Array(boundary.utf8)) }) else { return boundary }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01b3
        }
    }

    /// A name without a path and without what would end its header early.
    private static func safe(_ name: String) -> String {
        let safe = name.unicodeScalars.map { scalar -> Character in
            scalar.value < 0x20 || scalar.value == 0x7F || "\"\\/".unicodeScalars.contains(scalar)
                ? "_" : Character(scalar)
        }
        return safe.isEmpty ? "file" : String(safe)
    }
}
