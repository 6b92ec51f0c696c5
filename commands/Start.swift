import ChatOps
import Domain

/// The first thing that people see: what this is, and three things to try.
struct Start: Command {
    static let manual = Manual("start", "", "Say what this bot is, and what to try first.")

    func run(_ call: Call) async throws -> Reply {
        try call.arguments.end()
        return Reply(
            """
            <b>I am Tipline.</b> I watch your errors in GlitchTip and help to find what caused them.

            Three things to try:
            \(HTML.code("/errors 24h")): what is open, newest first
            \(HTML.code("/investigate 2")): the code, the likely commit, similar issues
            \(HTML.code("/help")): everything else
            """,
            keyboard: [[Button("What is open?", callbackData: "/errors"), Button("Help", callbackData: "/help")]])
    }
}
