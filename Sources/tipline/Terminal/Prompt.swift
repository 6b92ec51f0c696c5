import CEdit
import Glibc
import Threads

/// The line in which a person types, with history, while messages appear above it.
///
/// On a terminal libedit does the editing; in a plain pipe lines are read as they are. Everything that touches the
/// screen runs on the prompt's own thread.
actor Prompt {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Whether a person sits there; else the output is read by a program, and nothing is drawn twice.
    nonisolated let isTerminal: Bool
    private let keyboard: Keyboard
    private let history: String

    init(history: String) {
        self.history = history
        // libedit goes by the locale, and a bare machine has none set.
        setlocale(LC_CTYPE, "C.UTF-8")
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let keyboard = Keyboard(isTerminal: isTerminal)
        self.isTerminal = isTerminal
        self.keyboard = keyboard
        executor = ThreadExecutor(idle: .init(wait: { keyboard.wait() }, wake: { keyboard.wake() }))
    }

    /// What is typed, line by line; ends with the input.
    func lines() -> AsyncStream<String> {
        if isTerminal {
            using_history()
            stifle_history(500)
            read_history(history)
        }
        keyboard.open()
        return Keyboard.typed.stream
    }

    func end() {
        guard isTerminal else { return }
        write_history(history)
        rl_callback_handler_remove()
        print()
    }

    /// Shows text above the line that is being typed; first takes back what was shown last when it was `replacing` it.
    func show(_ text: String, replacing rows: Int = 0) {
        if isTerminal { print("\r\u{1B}[K", terminator: rows > 0 ? "\u{1B}[\(rows)A\u{1B}[J" : "") }
        print(text)
        fflush(nil)
        keyboard.showPrompt()
    }

    nonisolated var columns: Int {
        var size = winsize()
        guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

/// Waits for keys and for the prompt's jobs at the same time.
///
/// `@unchecked Sendable`: `buffer` and `isOpen` are touched only in `wait`, which runs on the prompt's one thread; the
/// rest is constant.
private final class Keyboard: @unchecked Sendable {
    /// libedit's callback is a C function without a context; a process has one keyboard, so this is static too.
    static let typed = AsyncStream.makeStream(of: String.self)
    /// Static for the same reason; touched only on the prompt's thread, on which libedit calls back too.
    nonisolated(unsafe) private static var isTyping = false

    private let isTerminal: Bool
    private let doorbell = Doorbell()
    private var buffer: [UInt8] = []
    private var isOpen = false

    init(isTerminal: Bool) { self.isTerminal = isTerminal }

    /// Called on the prompt's thread, like `wait`.
    func open() {
        isOpen = true
        if isTerminal { install() }
    }

    /// Below what was just shown: the prompt, and what is typed so far. Called on the prompt's thread.
    func showPrompt() {
        guard isTerminal, isOpen else { return }
        if Self.isTyping {
            rl_on_new_line()
            rl_forced_update_display()
        } else {
            // libedit still holds the line that was sent, and would show it again.
            rl_callback_handler_remove()
            install()
        }
    }

    private func install() {
        rl_callback_handler_install("› ") { line in
            Keyboard.isTyping = false
            guard let line else { return Keyboard.typed.continuation.finish() }
            add_history(line)
            Keyboard.typed.continuation.yield(String(cString: line))
            free(line)
        }
    }

    func wake() { doorbell.ring() }

    func wait() {
        var sources = [
            pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isOpen ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&sources, 2, -1) > 0 else { return }
        if sources[0].revents != 0 { doorbell.answer() }
        guard sources[1].revents != 0 else { return }
        if isTerminal {
            Self.isTyping = true
            rl_callback_read_char()
        } else {
            readPipe()
        }
    }

    private func readPipe() {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count > 0 { buffer += chunk.prefix(count) }
        while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
            Self.typed.continuation.yield(String(decoding: buffer[..<end], as: UTF8.self))
            buffer.removeSubrange(...end)
        }
        guard count <= 0 else { return }
        if !buffer.isEmpty { Self.typed.continuation.yield(String(decoding: buffer, as: UTF8.self)) }
        Self.typed.continuation.finish()
        isOpen = false
    }
}
