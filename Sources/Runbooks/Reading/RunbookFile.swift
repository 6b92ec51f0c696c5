import Domain

/// One file of a folder, read: a runbook, or why it is none.
struct RunbookFile: Sendable {
    /// Nil when there is an error among the troubles.
    let runbook: Runbook?
    let troubles: [Trouble]
    /// Its content was not seen; the next time it may be.
    let isUnread: Bool

    static let largest = 256 << 10
    private static let largestFrontMatter = 64 << 10

    private init(runbook: Runbook?, troubles: [Trouble], isUnread: Bool = false) {
        self.runbook = runbook
        self.troubles = troubles
        self.isUnread = isUnread
    }

    static func unread(_ file: String, because what: String) -> Self {
        Self(runbook: nil, troubles: [Trouble(.error, file: file, what)], isUnread: true)
    }

    static func tooLarge(_ file: String, bytes: Int) -> Self {
        let size = { $0 >= 1 << 20 ? "\($0 >> 20) MiB" : "\($0 >> 10) KiB" }
        let what = "it has \(size(bytes)), and a runbook at most \(size(largest))"
        return Self(runbook: nil, troubles: [Trouble(.error, file: file, what, advice: "Link to what is long.")])
    }

    /// - Parameter file: where it is, for people; its last part is the runbook's name.
    init(_ bytes: [UInt8], file: String) {
        do throws(YAMLMistake) {
            let parts = try Self.parts(of: try Self.text(of: bytes))
            let frontMatter = FrontMatter(try YAMLReader.read(parts.frontMatter, firstLine: 2))
            let name = try Self.name(of: file)
            let troubles = frontMatter.mistakes.map { Self.trouble($0, file) }
            let runbook = Runbook(
                name: name, title: frontMatter.title, severity: frontMatter.severity, owners: frontMatter.owners,
                links: frontMatter.links, body: Body(parts.body, firstLine: parts.bodyLine), file: file,
                rules: frontMatter.rules, examples: frontMatter.examples, counterexamples: frontMatter.counterexamples)
            self.init(runbook: troubles.isEmpty ? runbook : nil, troubles: troubles)
        } catch {
            self.init(runbook: nil, troubles: [Self.trouble(error, file)])
        }
    }

    private static func trouble(_ mistake: YAMLMistake, _ file: String) -> Trouble {
        Trouble(.error, file: file, line: mistake.line, mistake.what, advice: mistake.advice)
    }

    private static func name(of file: String) throws(YAMLMistake) -> Runbook.Name {
        let last = file.split(separator: "/").last ?? ""
        if let name = Runbook.Name(last.dropLast(".md".count)) { return name }
        throw YAMLMistake(
            line: 1, "people cannot type the name of this file",
            advice: "Rename it: letters, digits, “-” and “_”, at most \(Runbook.Name.longest).")
    }

    /// The text, however the file was saved: with a byte order mark or without, with any line ends.
    private static func text(of bytes: [UInt8]) throws(YAMLMistake) -> String {
        if let end = bytes.firstIndex(of: 0) {
            throw YAMLMistake(
                line: line(of: end, in: bytes), "a NUL byte stands here", advice: "Save the file as text in UTF-8.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw YAMLMistake(
                line: line(of: firstInvalid(in: bytes), in: bytes), "this is not UTF-8",
                advice: "Save the file as text in UTF-8.")
        }
        let whole = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        return whole.utf8.contains(UInt8(ascii: "\r"))
            ? whole.split(
                omittingEmptySubsequences: false, whereSeparator: { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
            )
            .joined(separator: "\n") : whole
    }

    private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
    }

    /// Where the replacement character comes in that stands for what is not UTF-8.
    private static func firstInvalid(in bytes: [UInt8]) -> Int {
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        return zip(bytes, repaired).enumerated().first { $1.0 != $1.1 }?.offset ?? bytes.count
    }

    private static func parts(
        of text: String
    ) throws(YAMLMistake) -> (frontMatter: String, body: String, bodyLine: Int) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isFence = { (line: Substring) in
            line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
        }
        guard let first = lines.first, isFence(first) else {
            throw YAMLMistake(
                line: 1, "there is no front matter",
                advice: "Begin the file with a line “---”, then “title: …”, then another “---”.")
        }
        guard let end = lines.dropFirst().firstIndex(where: isFence) else {
            throw YAMLMistake(line: 1, "the front matter has no end", advice: "Close it with a line “---”.")
        }
        let frontMatter = lines[1..<end].joined(separator: "\n")
        guard frontMatter.utf8.count <= largestFrontMatter else {
            throw YAMLMistake(line: 1, "the front matter is larger than \(largestFrontMatter >> 10) KiB")
        }
        return (frontMatter, lines[(end + 1)...].joined(separator: "\n"), end + 2)
    }
}
