import Domain
import Sandbox

/// A Telegram chat in this terminal: what is typed goes to the bot, what the bot says is shown, buttons are numbers.
struct TerminalChat: Sendable {
    let telegram: StandInTelegram
    let prompt: Prompt
    let person: Person
    let chat: Int64
    /// A folder for the pictures that the bot sends.
    let pictures: String
    /// Shown above the first prompt.
    let welcome: String

    /// Until the input ends or somebody types `quit`.
    ///
    /// - Parameter rest: returns when the bot has said all it has to say; for input that comes from a program.
    func run(awaiting rest: @escaping @Sendable () async throws -> Void) async throws {
        let screen = Screen(prompt: prompt, pictures: pictures)
        await screen.show(welcome)
        try await withThrowingTaskGroup(of: Void.self) { group in
            if prompt.isTerminal {
                // A person may see a message at any time, such as an alert.
                let changes = await telegram.changes()
                group.addTask {
                    for await change in changes {
                        if let message = change.message, message.chat == chat { await screen.show(message) }
                    }
                }
            }
            for await line in await prompt.lines() {
                let words = line.trimmed
                if words == "quit" || words == "exit" { break }
                if !words.isEmpty { try await take(words, screen, rest) }
            }
            group.cancelAll()
        }
        await prompt.end()
    }

    private func take(_ words: String, _ screen: Screen, _ rest: () async throws -> Void) async throws {
        await screen.noteTyped(words)
        let coming = await telegram.changes()
        if words == "+" {
            await screen.unfold()
            return
        }
        if let number = Int(words) {
            guard let button = await screen.button(number) else {
                return await screen.show("There is no button \(number).")
            }
            switch button.action {
            case .line(let data): await telegram.press(data, under: button.message, by: person, in: chat)
            case .link(let address): return await screen.show("That button opens \(address)")
            }
        } else if words.hasPrefix("/") {
            await telegram.say(words, by: person, in: chat)
        } else {
            return await screen.show("Commands begin with a slash, such as /help; a number presses a button.")
        }
        guard !prompt.isTerminal else { return }
        // A program reads along: one answer after the other, each when it is whole.
        for await change in coming where change.isAnswering { break }
        try await rest()
        for message in await telegram.shown(in: chat) { await screen.show(message) }
    }
}

extension StandInTelegram.Change {
    /// Whether it shows that the bot has heard us.
    fileprivate var isAnswering: Bool {
        switch self {
        case .sent, .edited, .typing, .callbackAnswered: true
        case .deleted, .menu: false
        }
    }
}
