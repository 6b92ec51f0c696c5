import ContextAudit
import Chance
import Testing

/// No file may stop the audit, whatever is in it. The dice fall the same way in every run.
@Suite(.timeLimit(.minutes(5))) struct AuditPropertyTests {
    private static let names = ["a.js", "a.vue", "a.py", "a.php", "a.rb", "A.java", "A.kt", "a.go"]
    private static let pieces = [
        "Sentry.", "captureException", "capture_exception", "withScope", "with_scope", "push_scope", "(", ")", "{", "}",
        "[", "]", "<", ">", "\"", "'", "`", "\"\"\"", "'''", "/", "//", "/*", "*/", "#", "#{", "${", "\\", "\n", "\n  ",
        "\n    ", " ", "=>", "->", "::", ".", ",", ";", ":", "=", "|x|", "do", "end", "def", "if", "while", "class",
        "case",
        "begin", "with", "as", "for", "else", "try", "function", "fun", "func", "scope", "setTag", "set_user", "tags:",
        "<<~A", "<<A", "\nA\n", "<<<A", "%w[", "%(", "?>", "<?php ", "<?=", "<script>", "</script>", "=begin", "=end",
        "__END__\n", "import ", "from ", "\u{0}", "\u{202E}", "💥", "é", "f\"", "r'", "?x", ":a", "$a", "@b", "&.",
        "?->",
        "**", "...", "init", "release", "update", "capture", "e", "1",
    ]

    @Test(arguments: names)
    func `any mixture of pieces is read`(name: String) {
        var dice = Dice(seed: UInt64(name.utf8.reduce(0) { $0 * 31 + Int($1) }))
        for _ in 0..<300 {
            let count = Int.random(in: 0...60, using: &dice)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }.joined()
            check(Array(text.utf8), name)
        }
    }

    @Test(arguments: names)
    func `any bytes are read`(name: String) {
        var dice = Dice(seed: 7)
        for _ in 0..<150 {
            let bytes = (0..<Int.random(in: 0...400, using: &dice)).map { _ in UInt8.random(in: 1...255, using: &dice) }
            check(Array("sentry.captureException(".utf8) + bytes, name)
        }
    }

    @Test(arguments: Language.allCases)
    func `good code with a byte lost, doubled or changed is read`(language: Language) {
        let name = Self.names.first { $0.hasSuffix(Self.ending(language)) } ?? ""
        let code = Array(((language == .php ? "<?php\n" : "") + Template.code(language)).utf8)
        var dice = Dice(seed: 3)
        for _ in 0..<120 {
            var bytes = code
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0...3, using: &dice) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(bytes[place], at: place)
                case 2: bytes[place] = UInt8.random(in: 1...255, using: &dice)
                default: bytes.removeSubrange(place..<min(place + 20, bytes.count))
                }
            }
            check(bytes, name)
        }
    }

    /// Linear time: with a quadratic step one of these takes minutes, and the time limit ends the run.
    @Test(arguments: [
        ("a.js", "("), ("a.js", "}"), ("a.js", "(["), ("a.js", "])"), ("a.js", "'"), ("a.js", "'\\'"), ("a.js", "`${"),
        ("a.js", "/["), ("a.js", "/*"), ("a.js", "a("), ("a.js", "withScope(s=>"), ("a.js", "withScope(s => {"),
        ("a.js", "Sentry.captureException(e, s => s.setTag("), ("a.js", "import a from "), ("a.js", "const a = "),
        ("a.js", "x = {"), ("a.js", "Sentry.init("), ("a.js", "Sentry.init(a);"), ("a.js", "scope.update("),
        ("a.js", "a?."), ("a.js", "a()."), ("a.vue", "<script>"), ("a.py", "("), ("a.py", "\n "), ("a.py", "\n\t"),
        ("a.py", "'\'\'"), ("a.py", "f\""), ("a.py", "\\"), ("a.py", "captureException("),
        ("a.py", "with push_scope() as s:\n "), ("a.py", "withScope("), ("a.php", "<<<A\n"), ("a.php", "?>"),
        ("a.php", "\"{$"), ("a.php", "\\a"), ("a.php", "array("), ("a.rb", "do "), ("a.rb", "end "), ("a.rb", "if "),
        ("a.rb", "def a\n"), ("a.rb", "<<~A\n"), ("a.rb", "<<A "), ("a.rb", "%w["), ("a.rb", "%("), ("a.rb", "\"#{"),
        ("a.rb", "=begin\n"), ("a.rb", "captureException a,\n"), ("a.rb", "with_scope do |s| "),
        ("A.java", "captureException(e, scope -> {"), ("A.kt", "Sentry.captureException(e, {tags:"), ("A.kt", "/*"),
        ("A.kt", "\"${"), ("A.kt", "captureException(e){"), ("A.kt", "a::"), ("a.go", "{"), ("a.go", "`"),
    ])
    func `a file full of traps is one pass`(name: String, trap: String) {
        check(Array(("sentry " + String(repeating: trap, count: 10_000 / trap.utf8.count)).utf8), name)
    }

    private func check(_ bytes: [UInt8], _ name: String) {
        var audit = Audit()
        audit.read(name, bytes)
        let report = audit.report()
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(
            report.calls.allSatisfy { (1...lines).contains($0.line) && !$0.name.isEmpty && $0.name.utf8.count <= 64 })
    }

    private static func ending(_ language: Language) -> String {
        switch language {
        case .javascript: ".js"
        case .typescript: ".vue"
        case .python: ".py"
        case .php: ".php"
        case .ruby: ".rb"
        case .java: ".java"
        case .kotlin: ".kt"
        case .go: ".go"
        }
    }
}
