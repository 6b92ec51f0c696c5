import Domain
import FoundationEssentials

/// GlitchTip's reading of the `query` parameter.
///
/// It splits the text as a shell would, so that an apostrophe brings the server down. Words with a colon are filters, and
/// the first word without one begins the text that is searched for.
struct IssueSearch {
    /// A whole event id: that event's issue is meant.
    private(set) var eventID: String?
    private var filters: [(name: String, value: String)] = []
    private var text: String?

    init(_ query: String) throws(Denied) {
        guard !query.unicodeScalars.contains("\0") else { throw .serverError }
        let words = try Self.split(query)
        for (index, word) in words.enumerated() {
            guard let colon = word.firstIndex(of: ":") else {
                let text = words[index...].joined(separator: " ")
                self.text = text
                let digits = text.replacing("-", with: "").lowercased()
                if digits.count == 32, digits.allSatisfy(\.isHexDigit) { eventID = digits }
                return
            }
            let value = word[word.index(after: colon)...]
            filters.append((name: String(word[..<colon]), value: String(value)))
        }
    }

    func matches(_ issue: StandInGlitchTip.StoredIssue) -> Bool {
        for filter in filters {
            switch filter.name {
            case "is": guard issue.status.rawValue == filter.value else { return false }
            case "level": guard issue.level.rawValue == filter.value else { return false }
            case "has":
                guard issue.events.contains(where: { $0.tags.contains { $0.key == filter.value } }) else {
                    return false
                }
            default:
                let fits = issue.events.contains { event in
                    event.tags.contains { $0.key == filter.name && $0.value == filter.value }
                }
                guard fits else { return false }
            }
        }
        guard let text else { return true }
        if text.hasPrefix("*"), text.hasSuffix("*") {
            let part = text.filter { $0 != "*" }.lowercased()
            return part.isEmpty || issue.title.lowercased().contains(part)
        }
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

    private static let stopWords: Set = [
        "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "not", "of", "on", "or",
        "the",
        "to", "was", "with",
    ]

    /// Whole words, lower case, without endings and small words; a name with dots is one word.
    static func lexemes(of text: String) -> Set<String> {
        var lexemes: Set<String> = []
        for chunk in text.lowercased().split(whereSeparator: \.isWhitespace) {
            // What looks like a path is one word, and so is not found by its parts.
            if chunk.contains("/"), !chunk.contains("://"), chunk.contains(".") {
                lexemes.insert(String(chunk))
                continue
            }
            for part in chunk.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }) {
                let word = part.trimmingPrefix { $0 == "." }.reversed().drop { $0 == "." }.reversed()
                let name = String(word)
                guard !name.isEmpty, !stopWords.contains(name) else { continue }
                lexemes.insert(name.contains(".") ? name : stem(name))
            }
        }
        return lexemes
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
                    lexemes.formUnion(IssueSearch.lexemes(of: url.replacing("/", with: " ")))
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
