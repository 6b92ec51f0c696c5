/// A file taken apart into words, strings, brackets and signs. Comments are gone, and nobody looks into strings.
struct Source: Sendable {
    let bytes: [UInt8]
    let language: Language
    let tokens: [Token]

    init(_ bytes: [UInt8], language: Language, isComponent: Bool = false) {
        let code = isComponent ? Self.scripts(of: bytes) : bytes
        self.bytes = code
        self.language = language
        var lexer = Lexer(code, language: language)
        tokens = lexer.run()
    }

    subscript(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    func text(_ index: Int) -> ArraySlice<UInt8> { self[index].map { bytes[$0.range] } ?? [] }

    /// The word there; empty for anything else.
    func word(_ index: Int) -> String {
        guard let token = self[index], token.kind == .word, token.range.count <= 64 else { return "" }
        return String(decoding: bytes[token.range], as: UTF8.self)
    }

    /// A word, or the content of a string or symbol: how languages write keys.
    func key(_ index: Int) -> String {
        guard let token = self[index], token.kind == .word || token.kind == .text, token.range.count <= 64 else {
            return ""
        }
        let text = bytes[token.range].filter { !"\"':`".utf8.contains($0) }
        return String(decoding: text, as: UTF8.self)
    }

    func isSign(_ index: Int, _ sign: StaticString) -> Bool {
        self[index].map { $0.kind == .sign } ?? false && text(index).elementsEqual(sign.bytes)
    }

    func isOpen(_ index: Int, _ bracket: Unicode.Scalar) -> Bool {
        self[index].map { $0.kind == .open && $0.bracket == UInt8(truncatingIfNeeded: bracket.value) } ?? false
    }

    /// The index of a bracket's partner, never beyond the end.
    func partner(_ index: Int) -> Int { min(tokens[index].partner, tokens.count) }

    /// Of a component in one file, the `<script>` parts; the rest becomes blanks, so that line numbers hold.
    private static func scripts(of bytes: [UInt8]) -> [UInt8] {
        var code = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        var position = 0
        while let start = bytes.first("<script", from: position), let open = bytes.first(">", from: start) {
            let end = bytes.first("</script", from: open) ?? bytes.count
            code.replaceSubrange((open + 1)..<max(open + 1, end), with: bytes[(open + 1)..<max(open + 1, end)])
            position = end
        }
        return code
    }
}

extension StaticString {
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
