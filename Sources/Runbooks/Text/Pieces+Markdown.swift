extension [Piece] {
    /// As it is written in a list of a runbook, values still open.
    package var markdown: String {
        reduce(into: "") { text, piece in
            switch piece {
            case .text(let words): text += words
            case .bold(let words): text += "**\(words)**"
            case .code(let words): text += "`\(words)`"
            case .link(let title, let address): text += "[\(title)](\(address))"
            case .block(let lines, let language):
                let block =
                    ["```\(language ?? "")"] + lines.split(separator: "\n", omittingEmptySubsequences: false) + ["```"]
                text += "\n" + block.map { "   \($0)" }.joined(separator: "\n") + "\n"
            }
        }
    }
}
