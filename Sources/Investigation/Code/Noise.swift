import Domain

/// Frames that only report the failure: abort, assert, signal handlers, logging, panics.
enum Noise {
    static func isReporting(_ frame: Frame) -> Bool {
        let name = Tracing.bareName(frame.function ?? "").lowercased()
        let stripped = name.drop { $0 == "_" }
        if exact.contains(String(stripped)) { return true }
        return prefixes.contains { stripped.hasPrefix($0) } || parts.contains { stripped.range(ofText: $0) != nil }
    }

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
