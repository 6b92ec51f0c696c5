import ChatOps
import Domain

/// Ends a mute before its time, and says what it held back.
struct Unmute: Command {
    static let manual = Manual(
        "unmute", "NUMBER", "End a mute; /mutes has the numbers.", role: .responder, examples: ["/unmute 3"])

    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        guard let word = arguments.word() else { throw Refusal("Which one? /mutes has the numbers.") }
        guard let number = Int(word), number > 0 else {
            throw Refusal("\(HTML.code(word.cut(to: 60))) is not a number. /mutes has them.")
        }
        try arguments.end()

        guard let (text, placement) = try await alerts.unmute(number, call) else {
            throw Refusal("There is no mute \(number), or it is over.")
        }

        return Reply(text, placement: placement, outcome: "unmuted")
    }
}
