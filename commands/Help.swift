import ChatOps
import Domain

/// Lists the commands, or explains one.
struct Help: Command {
    static let manual = Manual("help", "[COMMAND]", "List the commands, or explain one.", examples: ["/help errors"])

    let manuals: [Manual]

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let name = arguments.word()
        try arguments.end()

        guard let name else { return Reply(overview(for: call.role)) }
        let wanted = name.hasPrefix("/") ? String(name.dropFirst()) : name
        guard let manual = manuals.first(where: { $0.name == wanted.lowercased() }) else {
            throw Refusal("There is no command \(HTML.code("/\(wanted.cut(to: 40))")). /help lists them all.")
        }
        return Reply(explanation(of: manual))
    }

    private func overview(for role: Role) -> HTML {
        let lines = manuals.filter { $0.role <= role }.map { manual -> HTML in
            "\(HTML.code(manual.line))\n\(manual.summary)"
        }
        let note: HTML =
            role < .responder ? "\n\nYou read and ask here; changing issues takes a responder." : ""
        return "<b>What I can do</b>\n\n\(lines.joined(by: "\n"))\(note)\n\n"
            + "ISSUE is a number (\(HTML.code("2"))), a short id (\(HTML.code("SHOP-WEB-2"))) or a link. Under a "
            + "message about an issue you can reply with just \(HTML.code("/resolve"))."
    }

    private func explanation(of manual: Manual) -> HTML {
        var text: HTML = "\(HTML.code(manual.line))\n\(manual.summary)"
        if !manual.examples.isEmpty {
            text += "\n\nFor example:\n\(manual.examples.map { HTML.code($0) }.joined(by: "\n"))"
        }
        if manual.role > .observer { text += "\n\nFor \(manual.role.description)s." }
        return text
    }
}
