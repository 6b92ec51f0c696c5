/// A comment as a reader of Markdown takes it (CommonMark, with GitHub's links of bare addresses and mentions), as far as
/// it matters here: whether there is anything live in it that is not ours.
struct MarkdownReading {
    let trouble: String?

    /// - Parameter links: what the addresses of our own links begin with.
    init(_ comment: String, links: String) {
        let ours = Array("](\(links)".utf8)
        trouble =
            comment.utf8.split(separator: 0x0A).lazy.compactMap { line -> String? in
                // Indented by four: code.
                guard !line.starts(with: "    ".utf8) else { return nil }
                guard let plain = Self.withoutCode(Array(line), ours) else {
                    return "an open code span: \(Substring(line))"
                }
                return Self.live(plain).map { "\($0) in the comment: \(Substring(line).prefix(300))" }
            }.first
    }

    private static let inline: [([UInt8], String)] = [
        ("](", "a link"), ("][", "a link"), ("]:", "a link"), ("![", "a picture"), ("<", "a tag"),
        ("http://", "a bare address"), ("https://", "a bare address"), ("ftp://", "a bare address"),
        ("www.", "a bare address"), ("@", "a mention"), ("&#", "an entity"),
    ].map { (Array($0.0.utf8), $0.1) }

    private static let blocks = ["#", ">", "|", "~~~", "```", "===", "---", "\t", "1."].map { Array($0.utf8) }

    private static func live(_ line: [UInt8]) -> String? {
        let begin = line.drop { $0 == 0x20 }
        if blocks.contains(where: { begin.starts(with: $0) }) { return "a block" }
        for index in line.indices {
            for (mark, name) in inline where line[index] == mark[0] && line[index...].starts(with: mark) {
                // An address has something behind it, and not our own full stop.
                if name == "a bare address", index + mark.count == line.endIndex { continue }
                return name
            }
        }
        return nil
    }

    /// What stands outside of code and of our own links, in lower case, with a dot for a backslash and what it escapes;
    /// nil when a code span does not end.
    private static func withoutCode(_ line: [UInt8], _ ours: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var isCode = false
        var index = 0
        while index < line.count {
            let byte = line[index]
            if byte == UInt8(ascii: "`") {
                isCode.toggle()
            } else if !isCode, byte == UInt8(ascii: "\\") {
                result.append(0)
                index += 1
            } else if !isCode, byte == ours[0], line[index...].starts(with: ours) {
                while index < line.count, line[index] != UInt8(ascii: ")") { index += 1 }
            } else if !isCode {
                result.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
            index += 1
        }
        return isCode ? nil : result
    }
}
