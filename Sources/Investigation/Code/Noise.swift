import Domain

/// Frames that only report the failure: abort, assert, signal handlers, logging, panics.
enum Noise {
    static func isReporting(_ frame: Frame) -> Bool {
        let name = Tracing.bareName(frame.function ?? "").lowercased()
        let stripped = name.drop { $0 == "_" }
        guard isNative(frame) else {
            return reporting.contains(String(stripped))
                || stripped.hasPrefix("log_") && !signing.contains(String(stripped))
        }
        if exact.contains(String(stripped)) { return true }
        return prefixes.contains { stripped.hasPrefix($0) } || parts.contains { stripped.range(ofText: $0) != nil }
    }

    /// Whether nobody need see the frame. In C that is all that reports; elsewhere `log_order` has code of its own.
    static func isMachinery(_ frame: Frame) -> Bool {
        isReporting(frame) && (isNative(frame) || raising.contains(Tracing.bareName(frame.function ?? "").lowercased()))
    }

    private static func isNative(_ frame: Frame) -> Bool {
        PathIndex.language(frame.filename).map(native.contains) ?? true
    }

    /// A function that by its name only hands control on to another: what it calls is at fault rather.
    static func passesOn(_ frame: Frame) -> Bool {
        !Identifiers.words(in: Tracing.bareName(frame.function ?? "")).isDisjoint(with: passing)
    }

    /// A function whose name takes four words or more: made for one purpose, where a short name serves many.
    static func isSpecific(_ frame: Frame) -> Bool {
        Identifiers.parts(of: Tracing.bareName(frame.function ?? "")).count >= 4
    }

    /// A function that takes memory for others: who forgot to give it back is further out.
    static func takesMemory(_ frame: Frame) -> Bool {
        let name = Tracing.bareName(frame.function ?? "").lowercased()
        return taking.contains { name.range(ofText: $0) != nil }
            || name.split(separator: "_").contains { takingWords.contains($0) }
    }

    /// Whether the report is of memory that was not given back.
    static func isLeak(_ exceptions: [Exception]) -> Bool {
        let words = exceptions.map { "\($0.type) \($0.value)".lowercased() }
        if words.contains(where: { $0.range(ofText: "leak") != nil || $0.range(ofText: "definitely lost") != nil }) {
            return true
        }
        let inner = exceptions.flatMap { $0.frames.reversed() }.prefix(2).compactMap(\.function)
        return inner.contains { name in allocators.contains { name.lowercased().range(ofText: $0) != nil } }
    }

    /// A commit that by its subject changed how the code looks and not what it does.
    static func isCosmetic(_ subject: String) -> Bool {
        let words = subject.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return words.contains { cosmetic.contains($0) }
    }

    /// A commit that only brings back what was there before another.
    static func isRevert(_ subject: String) -> Bool { subject.lowercased().hasPrefix("revert") }

    private static let passing: Set<String> = [
        "main", "run", "thread", "loop", "handle", "handler", "start", "call", "callback", "execute", "exec", "worker",
        "launch", "dispatch", "invoke", "perform",
    ]

    private static let taking = ["alloc", "strdup", "memdup", "clone", "copy"]
    private static let takingWords: Set<Substring> = ["new", "dup", "create", "init"]
    private static let allocators = [
        "malloc", "calloc", "realloc", "zalloc", "strdup", "memdup", "operator new", "xmem",
    ]

    private static let cosmetic: Set<Substring> = [
        "indent", "reindent", "re-indent", "whitespace", "reformat", "clang-format", "black", "lint", "style",
        "copyright",
        "license", "spelling", "typo", "cosmetic", "rename", "cleanup", "refactor", "convert", "move", "import",
        "codespell", "rubocop", "pep8", "isort",
    ]

    /// Elsewhere `start`, `clone` and `assert_stock` are functions like others.
    private static let native: Set<String> = [
        "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "m", "mm", "rs", "go", "s", "S",
    ]
    private static let raising: Set<String> = ["abort", "raise", "panic", "excepthook"]
    private static let reporting = raising.union(["log", "warn", "fatal", "die"])
    private static let signing: Set<String> = ["log_in", "log_out", "log_on", "log_off"]

    private static let exact: Set<String> = [
        "abort", "raise", "kill", "panic", "die", "fatal", "bug", "log", "warn", "error", "exit", "libc_start_main",
        "start", "clone", "start_thread", "excepthook", "restore_rt", "gi_raise", "gi_abort", "killpg",
    ]

    private static let prefixes = [
        "assert", "zlog", "vlog_", "vzlog", "log_", "logger", "backtrace", "print_backtrace", "sigaction", "sighandler",
        "core_handler", "begin_unwind", "rust_panic", "ovs_abort", "ovs_assert", "ovs_fatal", "asan_", "interceptor_",
        "memory_error", "malloc_printerr", "cxa_throw", "pthread_kill", "stack_chk_fail", "fortify_fail", "chk_fail",
    ]

    private static let parts = ["assert_fail", "signal_handler", "sighandler", "core_handler", "printf", "backtrace"]
}
