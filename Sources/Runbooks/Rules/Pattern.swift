import CPCRE

/// A regular expression in Perl's language, with a bound on the work that one search may take.
///
/// PCRE2 counts its steps back for each place where a match may begin, so the text is bounded too, and a whole matching
/// has its own time limit (`Matching`). Case does not matter, `^` and `$` stand for the ends of a line, and there are no
/// references back: they cost the most and rules do not need them.
///
/// `@unchecked Sendable`: compiled code is never written to after `init`; each search has its own state.
final class Pattern: @unchecked Sendable {
    let text: String
    private let code: OpaquePointer
    /// What any text must hold for a match, so that most searches need not begin.
    private let needle: [UInt8]?

    enum Outcome: Sendable, Hashable { case found, absent, tooSlow }

    struct Mistake: Error, Hashable {
        let what: String
        let advice: String?
    }

    static let longest = 500

    /// - Parameter isProbed: false only for tests of the bound itself.
    init(_ text: String, isProbed: Bool = true) throws(Mistake) {
        guard text.utf8.count <= Self.longest else {
            throw Mistake(
                what: "the regular expression is longer than \(Self.longest) bytes", advice: "Split it into a list.")
        }
        self.text = text
        code = try Self.compile(text, options: 0)
        needle = RequiredText(of: text)?.bytes
        // From here on `deinit` frees the code, also when this throws.
        if found(in: "") == .found || Self.trifles.contains(where: { found(in: $0) == .found }) {
            throw Mistake(
                what: "the regular expression “\(text.shown)” fits nearly every text",
                advice: "Write words that only this error has.")
        }
        guard isProbed, let slow = try Self.slowProbe(text) else { return }
        throw Mistake(
            what: "the regular expression “\(text.shown)” can take for ever: \(slow) makes it try without end",
            advice: "Write one repetition where two stand in each other, such as a+ for (a+)+.")
    }

    deinit { pcre2_code_free_8(code) }

    func found(in text: String) -> Outcome { found(in: SearchText([text])) }

    func found(in text: SearchText) -> Outcome {
        if let needle, let small = text.small, !small.contains(needle) { return .absent }
        return Self.run(code, on: text.bytes)
    }

    /// Texts that say nothing; what fits one of them fits any error.
    private static let trifles = ["zq", "7", "--", " "]

    // MARK: Probing

    /// Whether some text makes the search exceed its bound; gives such a text in short.
    private static func slowProbe(_ text: String) throws(Mistake) -> String? {
        guard let probes = PatternProbe(text) else { return nil }
        // Without start optimizations: a letter that the probe lacks but the pattern needs would end it at once.
        let code = try compile(text, options: PCRE2_NO_START_OPTIMIZE)
        defer { pcre2_code_free_8(code) }
        return probes.texts.first { run(code, on: Array($0.text.utf8)) == .tooSlow }?.name
    }

    // MARK: PCRE2

    private static let options =
        PCRE2_UTF | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_BACKSLASH_C

    private static func compile(_ text: String, options: UInt32) throws(Mistake) -> OpaquePointer {
        var error: Int32 = 0
        var offset = 0
        let bytes = Array(text.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, Self.options | options, &error, &offset, nil) else {
            var message = [UInt8](repeating: 0, count: 256)
            let count = pcre2_get_error_message_8(error, &message, message.count)
            let words = String(decoding: message.prefix(Int(max(count, 0))), as: UTF8.self)
            let place = String(decoding: bytes.prefix(offset), as: UTF8.self)
            throw Mistake(
                what: "the regular expression “\(text.shown)” cannot be read: \(words)",
                advice: offset > 0 ? "Look behind “\(place.suffix(20))”." : nil)
        }
        return code
    }

    private static func run(_ code: OpaquePointer, on bytes: [UInt8]) -> Outcome {
        guard let state = pcre2_match_data_create_8(1, nil) else { return .tooSlow }
        defer { pcre2_match_data_free_8(state) }
        let result = pcre2_match_8(code, bytes, bytes.count, 0, PCRE2_NO_UTF_CHECK, state, limits)
        return switch result {
        case PCRE2_ERROR_NOMATCH: .absent
        case 0...: .found
        // A bound was reached; nothing else can go wrong with text that is valid.
        default: .tooSlow
        }
    }

    /// Set once, then only read, as PCRE2 allows.
    private nonisolated(unsafe) static let limits: OpaquePointer? = {
        let context = pcre2_match_context_create_8(nil)
        pcre2_set_match_limit_8(context, 3000)
        pcre2_set_depth_limit_8(context, 3000)
        pcre2_set_heap_limit_8(context, 4096)  // KiB
        return context
    }()
}

/// Lines made ready for patterns to search in.
struct SearchText: Sendable {
    let bytes: [UInt8]
    /// In small letters; nil when not all is ASCII, where a letter may have more than two forms.
    let small: [UInt8]?

    private static let longest = 4000

    init(_ lines: [String]) {
        let text = lines.joined(separator: "\n").utf8.prefix(Self.longest)
        // Cut in the middle of a character, it becomes a valid one again.
        bytes = Array(String(decoding: text, as: UTF8.self).utf8)
        small = bytes.allSatisfy { $0 < 0x80 } ? bytes.map(\.lowercased) : nil
    }
}
