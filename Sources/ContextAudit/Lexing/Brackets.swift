/// Which bracket closes which, in files that may be broken or half written.
///
/// Every decision takes constant time, so that no file can make it slow.
struct Brackets {
    private var open: [(token: Int, bracket: UInt8)] = []
    private var braces = 0
    private var blocks = 0

    /// Whether a round or square bracket is open: there Python's lines end nothing.
    var isInside: Bool { open.last.map { $0.bracket != Token.block } ?? false }

    mutating func push(_ token: Int, _ bracket: UInt8) {
        open.append((token, bracket))
        count(bracket, 1)
    }

    /// The opening brackets that end here, the true partner last; empty when it closes nothing.
    ///
    /// A block ends what is open within it. A round bracket never ends a block: it stands in a text then.
    mutating func pop(_ bracket: UInt8) -> [Int] {
        switch bracket {
        case UInt8(ascii: "}"): braces > 0 ? popped(to: UInt8(ascii: "{")) : []
        case Token.block: blocks > 0 ? popped(to: Token.block) : []
        default:
            open.last.map { $0.bracket == UInt8(ascii: "(") || $0.bracket == UInt8(ascii: "[") } ?? false
                ? popped(to: open[open.count - 1].bracket) : []
        }
    }

    /// Ends what is open in brackets, down to the block around.
    mutating func popInside() -> [Int] {
        var ended: [Int] = []
        while isInside, let last = open.popLast() {
            count(last.bracket, -1)
            ended.append(last.token)
        }
        return ended
    }

    private mutating func popped(to bracket: UInt8) -> [Int] {
        var ended: [Int] = []
        while let last = open.popLast() {
            count(last.bracket, -1)
            ended.append(last.token)
            if last.bracket == bracket { break }
        }
        return ended
    }

    private mutating func count(_ bracket: UInt8, _ change: Int) {
        if bracket == UInt8(ascii: "{") { braces += change }
        if bracket == Token.block { blocks += change }
    }
}
