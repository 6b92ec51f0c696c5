import Domain
import FoundationEssentials

/// GlitchTip's reading of the `query` parameter.
///
/// It splits the text as a shell would, so that an apostrophe brings the server down. Words with a colon are filters, and
/// the first word without one begins the text that is searched for.
struct IssueSearch {
    /// When the query is an event's id and nothing else: that event's issue is meant.
    let eventID: String?
    private let filters: [(name: String, value: String)]
    private let text: String?

    init(_ query: String) throws(Denied) {
        guard !query.unicodeScalars.contains("\0") else { throw .serverError }
        let digits = query.replacing("-", with: "").lowercased()
        let isID = digits.count == 32 && digits.allSatisfy(\.isHexDigit)
        eventID = isID ? digits : nil
        let words = isID ? [] : try Self.split(query)
        let filters = words.prefix { $0.contains(":") }
        self.filters = filters.map { word in
            let halves = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(halves[0]), value: String(halves[1]))
        }
        text = filters.count < words.count ? words[filters.count...].joined(separator: " ") : nil
    }

    func matches(_ issue: StandInGlitchTip.StoredIssue) -> Bool {
        if let eventID { return issue.events.contains { $0.id == eventID } }
        for filter in filters {
            switch filter.name {
            case "is": guard issue.status.rawValue == filter.value else { return false }
            case "level": guard issue.level.rawValue == filter.value else { return false }
            case "has": guard issue.hasTag({ $0.key == filter.value }) else { return false }
            default: guard issue.hasTag({ $0.key == filter.name && $0.value == filter.value }) else { return false }
            }
        }
        guard let text else { return true }
        // A star looks through the titles as well.
        if text.contains("*"), Pattern("%\(text.replacing("*", with: "%"))%").matches(issue.title) { return true }
        let wanted = Self.lexemes(of: text)
        return !wanted.isEmpty && wanted.isSubset(of: issue.lexemes)
    }

    /// As Python's shlex: quotes must be paired, and a backslash must have something behind it.
    static func split(_ text: String) throws(Denied) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = text[...]
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next = rest.first, next == "\"" || next == "\\" {
                    word = (word ?? "") + String(rest.removeFirst())
                } else {
                    word = (word ?? "") + String(character)
                }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == "\\" {
                guard let next = rest.popFirst() else { throw .serverError }
                word = (word ?? "") + String(next)
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw .serverError }
        if let word { words.append(word) }
        return words
    }

    /// Whole words, lower case, without endings and without the words that PostgreSQL passes over. What stands in angle
    /// brackets is markup to it; a path or an address is one word, and so is not found by its parts.
    static func lexemes(of text: String) -> Set<String> {
        var lexemes: Set<String> = []
        for chunk in withoutMarkup(text.lowercased()).split(whereSeparator: \.isWhitespace) {
            if chunk.contains("/"), chunk.contains(".") {
                let address = chunk.firstRange(of: "://").map { chunk[$0.upperBound...] } ?? chunk
                lexemes.insert(String(address.prefix { $0 != "?" }))
                continue
            }
            for part in chunk.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }) {
                let name = part.split(separator: ".", omittingEmptySubsequences: true).joined(separator: ".")
                guard !name.isEmpty, !StopWords.english.contains(name) else { continue }
                lexemes.insert(name.contains(".") ? name : stem(name))
            }
        }
        return lexemes
    }

    private static func withoutMarkup(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            plain += rest[..<open]
            guard let close = rest[open...].firstIndex(of: ">") else { break }
            plain += " "
            rest = rest[rest.index(after: close)...]
        }
        return plain + rest
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ies", "ed", "es", "s"] where word.hasSuffix(ending) && word.count > ending.count + 2 {
            return String(word.dropLast(ending.count))
        }
        return word
    }
}

extension StandInGlitchTip.StoredIssue {
    /// What the text search goes over: title, transaction, address and the names of a few files.
    var lexemes: Set<String> {
        var lexemes = IssueSearch.lexemes(of: title)
        if let value = metadata["value"]?.string { lexemes.formUnion(IssueSearch.lexemes(of: value)) }
        for event in events.suffix(20) {
            if let transaction = event.body["culprit"]?.string {
                lexemes.formUnion(IssueSearch.lexemes(of: transaction.replacing("/", with: " ")))
            }
            for entry in event.body["entries"]?.array ?? [] {
                if let url = entry["data"]?["url"]?.string {
                    lexemes.formUnion(IssueSearch.lexemes(of: url))
                }
                for exception in entry["data"]?["values"]?.array ?? [] {
                    for frame in (exception["stacktrace"]?["frames"]?.array ?? []).suffix(5) {
                        let name = frame["filename"]?.string?.split(separator: "/").last
                        if let name { lexemes.formUnion(IssueSearch.lexemes(of: String(name))) }
                    }
                }
            }
        }
        return lexemes
    }
}

/// SQL's `ILIKE`: `%` stands for anything, `_` for any character.
private struct Pattern {
    private let parts: [Character]

    init(_ text: String) { parts = Array(text.lowercased()) }

    func matches(_ text: String) -> Bool { matches(Array(text.lowercased())[...], parts[...]) }

    private func matches(_ text: ArraySlice<Character>, _ parts: ArraySlice<Character>) -> Bool {
        guard let part = parts.first else { return text.isEmpty }
        if part == "%" {
            let rest = parts.drop { $0 == "%" }
            return (text.startIndex...text.endIndex).contains { matches(text[$0...], rest) }
        }
        guard let character = text.first, part == "_" || part == character else { return false }
        return matches(text.dropFirst(), parts.dropFirst())
    }
}

/// The words that PostgreSQL's English text search passes over.
private enum StopWords {
    static let english = Set(
        """
        i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it \
        its itself they them their theirs themselves what which who whom this that these those am is are was were be been \
        being have has had having do does did doing a an the and but if or because as until while of at by for with about \
        against between into through during before after above below to from up down in out on off over under again further \
        then once here there when where why how all any both each few more most other some such no nor not only own same so \
        than too very s t can will just don should now
        """.split(separator: " ").map(String.init))
}
