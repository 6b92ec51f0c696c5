/// Texts made to send a pattern astray: pieces of what it asks for, many times over, and then something it does not want.
///
/// They find the patterns that cost more than a bound for a short text: repetitions within repetitions, `(a+)+$`, and
/// choices that begin alike, `(a|ab|b)+$`. What passes may still be slow on a text that a person thinks out; the bound on
/// each search is for that.
struct PatternProbe {
    struct Text {
        /// For people: `aaa…!`.
        let name: String
        let text: String
    }

    let texts: [Text]

    private static let length = 60
    private static let longestUnit = 4
    private static let mostSamples = 24

    /// Nil for a pattern that repeats no group and few letters: its cost is plain.
    init?(_ pattern: String) {
        let asked = Asked(pattern)
        guard asked.repeatsGroup || asked.repeats > 2 else { return nil }
        let samples = asked.samples.prefix(Self.mostSamples)
        var texts: [Text] = []
        for start in samples.indices {
            for end in start..<min(start + Self.longestUnit, samples.count) {
                let unit = String(samples[start...end])
                let pump = String(repeating: unit, count: Self.length / unit.count)
                for lead in start == 0 ? [""] : ["", String(samples[..<start])] {
                    for tail in ["!", "\n!", ""] {
                        texts.append(Text(name: "“\(unit)\(unit)\(unit)…”", text: lead + pump + tail))
                    }
                }
            }
        }
        self.texts = texts
    }

    /// What a pattern asks for: a character for each thing, in order, and how much of it may repeat without end.
    private struct Asked {
        var samples: [Character] = []
        var repeats = 0
        var repeatsGroup = false

        init(_ pattern: String) {
            var rest = Substring(pattern)
            var last: Character?
            var isInClass = false
            while let character = rest.popFirst() {
                switch character {
                case "\\": if let sample = rest.popFirst().flatMap(Self.sample) { samples.append(sample) }
                case "]": isInClass = false
                case "^" where last == "[": samples.append("a")
                case "-" where isInClass: break
                case _ where isInClass: samples.append(character)
                case "[": isInClass = true
                case "*", "+", "{":
                    repeats += 1
                    if last == ")" { repeatsGroup = true }
                case "(" where rest.first == "?": rest = rest.dropFirst().drop { ":=!<>".contains($0) }
                case ".": samples.append("a")
                case "(", ")", "|", "^", "$", "?", "}": break
                default: samples.append(character)
                }
                last = character
            }
        }

        private static func sample(_ escaped: Character) -> Character? {
            switch escaped {
            case "d": "0"
            case "w", "D", "S", "N": "a"
            case "s", "W", "h", "R": " "
            case "b", "B", "A", "z", "Z", "n", "r", "t": nil
            default: escaped
            }
        }
    }
}
