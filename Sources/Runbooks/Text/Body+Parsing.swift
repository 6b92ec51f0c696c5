extension Body {
    /// - Parameter firstLine: the line of the file on which the text begins.
    init(_ text: String, firstLine: Int = 1) {
        var parser = BodyParser()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            parser.read(line, number: firstLine + index)
        }
        sections = parser.finish()
    }
}

/// Reads Markdown line by line, as much of it as runbooks need: `##` headings, lists, fenced code, paragraphs.
private struct BodyParser {
    private var sections: [Body.Section] = []
    private var heading = (title: "", line: 1)
    private var notes: [Piece] = []
    private var items: [Body.Item] = []

    /// The list item that is being read; without one, text goes to the notes.
    private var item: (line: Int, indent: Int, pieces: [Piece])?
    private var paragraph: [Substring] = []
    private var fence: Fence?

    private struct Fence {
        let mark: Substring
        let indent: Int
        let language: String?
        var lines: [Substring] = []
    }

    mutating func read(_ line: Substring, number: Int) {
        let content = line.drop { $0 == " " || $0 == "\t" }
        let indent = line.count - content.count
        if fence != nil {
            readCode(line, content)
        } else if content.hasPrefix("```") || content.hasPrefix("~~~") {
            endParagraph()
            leaveItem(at: indent)
            let mark = content.prefix { $0 == content.first }
            let language = String(content.dropFirst(mark.count).prefix { $0.isLetter || $0.isNumber })
            fence = Fence(mark: mark, indent: indent, language: language.isEmpty ? nil : language)
        } else if content.hasPrefix("#"), indent == 0 {
            readHeading(content, number)
        } else if content.isEmpty {
            endParagraph()
        } else if let text = Self.itemText(content), indent <= (item?.indent ?? 0) + 1 {
            endItem()
            item = (number, indent, [])
            paragraph = [text]
        } else if let text = Self.itemText(content) {
            endParagraph()
            paragraph = ["• " + text]
        } else {
            // A line right under an item's text belongs to it, even when nobody indented it.
            if paragraph.isEmpty { leaveItem(at: indent) }
            paragraph.append(content)
        }
    }

    mutating func finish() -> [Body.Section] {
        if fence != nil { endFence() }
        endSection()
        return sections
    }

    private mutating func readCode(_ line: Substring, _ content: Substring) {
        guard let open = fence else { return }
        if content.hasPrefix(open.mark), content.allSatisfy({ $0 == open.mark.first || $0 == " " }) {
            endFence()
        } else {
            let indent = min(open.indent, line.count - content.count)
            fence?.lines.append(line.dropFirst(indent))
        }
    }

    private mutating func readHeading(_ content: Substring, _ number: Int) {
        let title = content.drop { $0 == "#" }.drop { $0 == " " }
        // One # is the title of the page, which the front matter has; three and more are bold lines of a section.
        switch content.prefix(while: { $0 == "#" }).count {
        case 1:
            endItem()
        case 2:
            endSection()
            heading = (String(title), number)
        default:
            endItem()
            add([.bold(String(title))])
        }
    }

    /// What follows the mark of a list item: `- x`, `* x`, `1. x`, `2) x`, `- [ ] x`.
    private static func itemText(_ content: Substring) -> Substring? {
        let digits = content.prefix { $0.isASCII && $0.isNumber }
        var rest = content.dropFirst(digits.count)
        guard let mark = rest.popFirst(), rest.first == " ",
            digits.isEmpty ? "-*+".contains(mark) : ".)".contains(mark) && digits.count <= 3
        else { return nil }
        rest = rest.drop { $0 == " " }
        for box in ["[ ] ", "[x] "] where rest.hasPrefix(box) { rest = rest.dropFirst(box.count) }
        return rest
    }

    // MARK: Ends

    /// A paragraph or some code, on lines of its own.
    private mutating func add(_ block: [Piece]) {
        let pieces = (item?.pieces ?? notes).isEmpty ? block : [.text("\n")] + block
        if item == nil { notes += pieces } else { item?.pieces += pieces }
    }

    private mutating func endParagraph() {
        guard !paragraph.isEmpty else { return }
        let text = paragraph.joined(separator: " ")
        paragraph = []
        add(Piece.inline(text))
    }

    private mutating func endFence() {
        guard let fence else { return }
        add([.block(fence.lines.joined(separator: "\n"), language: fence.language)])
        self.fence = nil
    }

    private mutating func leaveItem(at indent: Int) {
        if let item, indent <= item.indent { endItem() }
    }

    private mutating func endItem() {
        endParagraph()
        if let item { items.append(Body.Item(line: item.line, pieces: item.pieces)) }
        item = nil
    }

    private mutating func endSection() {
        endItem()
        if !heading.title.isEmpty || !notes.isEmpty || !items.isEmpty {
            sections.append(
                Body.Section(
                    kind: .init(heading: heading.title), title: heading.title, line: heading.line, notes: notes,
                    items: items))
        }
        notes = []
        items = []
    }
}
