/// A piece of a source file.
struct Token: Sendable {
    enum Kind: Sendable {
        /// A name, a keyword or a number.
        case word
        /// A string of any form, a regular expression, a symbol.
        case text
        case open, close
        /// An operator or another sign; also a closing bracket that closes nothing.
        case sign
    }

    let kind: Kind
    /// The bracket that opens or closes; `Token.block` for a block without one.
    let bracket: UInt8
    let range: Range<Int>
    let line: Int
    /// The index of the first one on its line. In Python, of a line as the language counts them: over brackets.
    let first: Int
    /// Whether it is that one.
    let isFirst: Bool
    /// Of a bracket: the index of the other one. What is never closed ends with the file.
    var partner = Int.max

    /// Ruby's `do … end` and Python's indentation.
    static let block = UInt8(ascii: "b")
}
