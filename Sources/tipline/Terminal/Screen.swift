import Domain
import FoundationEssentials
import Sandbox

/// What the terminal shows of the chat; remembers enough to replace the last message in place.
actor Screen {
    struct Choice: Sendable {
        let message: Int
        let action: Action

        enum Action: Sendable { case line(String), link(String) }
    }

    private let prompt: Prompt
    /// Where pictures are put, which a terminal cannot show.
    private let pictures: String
    private var shown: [Int: String] = [:]
    /// What stands last on the screen, as long as nothing came after it.
    private var last: (message: ShownMessage, rows: Int)?
    private var choices: [Choice] = []

    init(prompt: Prompt, pictures: String) {
        self.prompt = prompt
        self.pictures = pictures
    }

    func show(_ text: String) async {
        last = nil
        await prompt.show(text)
    }

    /// Shows a message, unless it stands there already as it is now.
    func show(_ message: ShownMessage, isUnfolded: Bool = false) async {
        let text = render(message, isUnfolded: isUnfolded)
        guard shown[message.id] != text else { return }
        let isEdit = shown[message.id] != nil
        shown[message.id] = text
        let replaced = last?.message.id == message.id ? last?.rows ?? 0 : 0
        let isElsewhere = isEdit && replaced == 0
        await prompt.show(isElsewhere ? "(changed)\n\(text)" : text, replacing: replaced)
        last = (message, rows(of: text))
        if !message.keyboard.isEmpty || isEdit { choices = Self.choices(of: message) }
    }

    /// Shows the folded parts of the last message too.
    func unfold() async {
        guard let message = last?.message else { return await prompt.show("Nothing is folded here.") }
        await show(message, isUnfolded: true)
    }

    /// A line was typed below the last message, so that it can grow but not be replaced any more.
    func noteTyped(_ line: String) {
        guard let last, line != "+" else { return }
        self.last = (last.message, 0)
    }

    func button(_ number: Int) -> Choice? {
        choices.indices.contains(number - 1) ? choices[number - 1] : nil
    }

    private static func choices(of message: ShownMessage) -> [Choice] {
        message.keyboard.flatMap { $0 }.compactMap { button in
            if let data = button.data { return Choice(message: message.id, action: .line(data)) }
            return button.url.map { Choice(message: message.id, action: .link($0)) }
        }
    }

    private func render(_ message: ShownMessage, isUnfolded: Bool) -> String {
        let style = TerminalText(isColoured: prompt.isTerminal, isUnfolded: isUnfolded || !prompt.isTerminal)
        var lines = ["", style.render(HTML(markup: message.html))]
        if let file = message.file { lines.insert(attachment(file, of: message.id), at: 1) }
        var number = 0
        for row in message.keyboard {
            let buttons = row.map { button in
                number += 1
                return style.button("[\(number)] \(button.text)")
            }
            lines.append(buttons.joined(separator: "  "))
        }
        return lines.joined(separator: "\n")
    }

    /// `[picture, 41 kB: /tmp/tipline-pictures-17/7-picture.png]`; the message is the same each time, so is the file.
    private func attachment(_ file: ShownMessage.File, of message: Int) -> String {
        let what = "\(file.isPhoto ? "picture" : file.name), \((file.size + 999) / 1000) kB"
        // The bot's own name for it; a path in it would lead elsewhere.
        let path = "\(pictures)/\(message)-\(file.name.replacing("/", with: "_"))"
        do {
            try FileManager.default.createDirectory(
                atPath: pictures, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(file.bytes).write(to: URL(filePath: path))
            return "[\(what): \(path)]"
        } catch {
            return "[\(what); it could not be written to \(pictures)]"
        }
    }

    /// Rows on the screen, long lines folded as the terminal folds them.
    private func rows(of text: String) -> Int {
        let columns = prompt.columns
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .reduce(0) { $0 + max(1, (TerminalText.width(of: $1) + columns - 1) / columns) }
    }
}
