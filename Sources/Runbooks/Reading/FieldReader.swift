/// Reads values out of YAML, and says what is wrong with those that do not fit.
struct FieldReader {
    private(set) var mistakes: [YAMLMistake] = []

    private static let mostValues = 50
    private static let longest = 2000
    /// Each is tried on hundreds of texts before it is taken.
    private static let mostPatterns = 100
    private var patterns = 0

    mutating func complain(_ line: Int, _ what: String, _ advice: String? = nil) {
        mistakes.append(YAMLMistake(line: line, what, advice: advice))
    }

    /// The entries whose keys are known; the others are complaints.
    mutating func keyed<Key: RawRepresentable<String> & CaseIterable>(
        _ entries: [YAMLNode.Entry], by: Key.Type, of place: String
    ) -> [(Key, YAMLNode.Entry)] {
        entries.compactMap { entry in
            if let key = Key(rawValue: entry.key) { return (key, entry) }
            let known = Key.allCases.map(\.rawValue)
            let advice =
                entry.key.nearest(of: known).map { "Write “\($0)”." } ?? "Known are \(known.joined(separator: ", "))."
            complain(entry.line, "“\(entry.key.shown)” is no key of a \(place)", advice)
            return nil
        }
    }

    /// A list, or a single value as a list of one; none is a mistake.
    mutating func items(_ node: YAMLNode, _ name: String) -> [YAMLNode] {
        guard case .sequence(let items) = node.content else {
            if node.isNull { complainOfEmpty(node.line, name) }
            return node.isNull ? [] : [node]
        }
        if items.isEmpty { complainOfEmpty(node.line, name) }
        guard items.count <= Self.mostValues else {
            complain(node.line, "“\(name.shown)” has more than \(Self.mostValues) entries")
            return []
        }
        return items
    }

    private mutating func complainOfEmpty(_ line: Int, _ name: String) {
        complain(line, "“\(name.shown)” is empty", "Write “\(name.shown): …”, or take the line out.")
    }

    mutating func text(_ node: YAMLNode, _ name: String) -> String? {
        guard case .scalar(let text, _) = node.content else {
            complain(node.line, "“\(name.shown)” is not plain text", "Write “\(name.shown): some text”.")
            return nil
        }
        guard !node.isNull, text.contains(where: { !$0.isWhitespace }) else {
            complainOfEmpty(node.line, name)
            return nil
        }
        guard text.utf8.count <= Self.longest else {
            complain(node.line, "“\(name.shown)” is longer than \(Self.longest) bytes")
            return nil
        }
        return text
    }

    mutating func texts(_ node: YAMLNode, _ name: String) -> [String] {
        items(node, name).compactMap { text($0, name) }
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ node: YAMLNode, _ name: String) -> Choice? {
        guard let text = text(node, name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let near = text.lowercased().nearest(of: known)
        complain(
            node.line, "there is no \(name) “\(text.shown)”",
            near.map { "Write “\($0)”." } ?? "Write one of \(known.joined(separator: ", ")).")
        return nil
    }

    mutating func choices<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode, _ name: String
    ) -> [Choice] {
        items(node, name).compactMap { choice($0, name) }
    }

    mutating func phrases(_ node: YAMLNode, _ name: String) -> [Phrase] {
        var phrases: [Phrase] = []
        for item in items(node, name) {
            guard let text = text(item, name) else { continue }
            guard let phrase = Phrase(text) else {
                complain(item.line, "there is no word in “\(text.shown)”", "Write words, or a regular expression.")
                continue
            }
            phrases.append(phrase)
        }
        return phrases
    }

    mutating func patterns(_ node: YAMLNode, _ name: String) -> [Pattern] {
        var found: [Pattern] = []
        for item in items(node, name) {
            guard let text = text(item, name) else { continue }
            patterns += 1
            guard patterns <= Self.mostPatterns else {
                complain(item.line, "this is one regular expression more than \(Self.mostPatterns)")
                return []
            }
            do throws(Pattern.Mistake) {
                found.append(try Pattern(text))
            } catch {
                complain(item.line, error.what, error.advice)
            }
        }
        return found
    }

    mutating func tags(_ node: YAMLNode) -> [(name: String, values: [String])] {
        guard case .mapping(let entries) = node.content, !entries.isEmpty else {
            complain(node.line, "“tags” has no keys", "Write “tags: {server_name: web-1}”.")
            return []
        }
        return entries.map { ($0.key, texts($0.value, $0.key)) }
    }
}

extension String {
    /// The one that was probably meant: at most two letters differ.
    func nearest(of words: [String]) -> String? {
        let near = words.map { (word: $0, distance: distance(to: $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= min(2, count / 2) else { return nil }
        return near.word
    }

    private func distance(to other: String) -> Int {
        let other = Array(other.utf8)
        var row = Array(0...other.count)
        for (index, byte) in utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let change = diagonal + (byte == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = Swift.min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
