import ChatOps
import Domain

/// Says who is on duty: they are mentioned when a fatal error stays untouched.
struct Duty: Command {
    static let manual = Manual(
        "duty", "[@NAME…|nobody]", "Say who is on duty, or ask.", role: .observer,
        examples: ["/duty", "/duty @ada", "/duty @ada @bob", "/duty nobody"])

    /// More are not on duty: that is everybody.
    private static let most = 5

    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        let words = call.arguments.words()
        guard !words.isEmpty else { return Reply(text(try await alerts.duty())) }
        try call.require(.responder)
        let names = words.count == 1 && ["nobody", "none"].contains(words[0].lowercased()) ? [] : words
        if let wrong = names.first(where: { !Self.isName($0) }) {
            throw Refusal("\(HTML.code(wrong.cut(to: 60))) is not a name such as \(HTML.code("@ada")).")
        }
        guard names.count <= Self.most else { throw Refusal("At most \(Self.most) names.") }

        try await alerts.set(duty: names)

        return Reply(
            text(names), outcome: names.isEmpty ? "nobody on duty" : "on duty: \(names.joined(separator: " "))")
    }

    /// Shown without the `@`, so that the question does not ring anybody.
    private func text(_ names: [String]) -> HTML {
        guard !names.isEmpty else {
            return
                "Nobody is on duty. \(HTML.code("/duty @ada")) says who is to be called when a fatal error stays untouched."
        }
        let list = names.map { String($0.dropFirst()) }.joined(separator: ", ")
        return "On duty: <b>\(list)</b>"
    }

    /// Telegram's user names: letters, digits and underscores, at most 32.
    private static func isName(_ word: String) -> Bool {
        let name = word.dropFirst()
        return word.first == "@" && (3...32).contains(name.utf8.count)
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
