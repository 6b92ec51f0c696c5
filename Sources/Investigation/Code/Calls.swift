/// What a line of code says of calls, read from its text alone: good enough for languages that write `f(a, b)`.
extension SourceText {
    // A call is seldom longer, nor a function's head.
    private static let longest = 8
    private static let longestHead = 12

    /// The line with those before and after that its brackets reach into, without texts.
    func statement(at line: Int) -> String {
        var text = self.line(line).withoutTexts
        var last = line
        while text.excessOfBrackets > 0, last < min(count, line + Self.longest) {
            last += 1
            text += " " + self.line(last).withoutTexts
        }
        var first = line
        while text.excessOfBrackets < 0, first > max(1, line - Self.longest) {
            first -= 1
            text = self.line(first).withoutTexts + " " + text
        }
        return text
    }

    /// The names of the parameters of the function that the line is in, without the object it is called on.
    ///
    /// - Parameter nameFirst: whether the type stands behind the name, as in Go; a colon between them tells by itself.
    func parameters(around line: Int, nameFirst: Bool) -> [Substring] {
        guard let first = header(above: beforeClauses(line)) else { return [] }
        var head = ""
        for line in first..<first + Self.longestHead {
            head += " " + self.line(line)
            if head.contains("("), head.excessOfBrackets <= 0 { break }
        }
        guard let open = head.firstIndex(of: "(") else { return [] }
        let close = head.lastIndex(of: ")") ?? head.endIndex
        guard open < close else { return [] }
        let names = head[head.index(after: open)..<close].parts(angles: true).map { part -> Substring in
            var part = part.prefix { $0 != "=" }
            if part.range(ofText: "::") == nil { part = part.prefix { $0 != ":" } }
            let words = part.identifiers
            return (nameFirst ? words.first : words.last) ?? ""
        }
        return Array(names.drop { $0 == "self" || $0 == "cls" })
    }
}

extension StringProtocol where SubSequence == Substring {
    /// What stands between the brackets of the first call of a function; nil when there is none.
    func arguments(ofCall name: String) -> [Substring]? {
        var rest = self[...]
        while let found = rest.range(ofWord: name) {
            let behind = self[found.upperBound...].drop(while: \.isWhitespace)
            if behind.first == "(" { return behind.insideOfBrackets.parts() }
            rest = rest[found.upperBound...]
        }
        return nil
    }

    /// The variables in it: no fields, no functions.
    var variables: Set<Substring> {
        var found: Set<Substring> = []
        var before: Character = " "
        var rest = self[...]
        while let first = rest.first {
            if first.isOfIdentifier {
                let word = rest.prefix(while: \.isOfIdentifier)
                rest = rest[word.endIndex...]
                let isCalled = rest.drop(while: \.isWhitespace).first == "("
                if before != ".", before != ">", !first.isNumber, !isCalled, !Identifiers.isKeyword(word) {
                    found.insert(word)
                }
            } else {
                rest = rest.dropFirst()
            }
            before = first
        }
        return found
    }

    /// With nothing between its quotes; one that is not closed is none.
    var withoutTexts: String {
        var result = ""
        var rest = self[...]
        while let first = rest.first {
            result.append(first)
            rest = rest.dropFirst()
            guard first == "\"" || first == "'" || first == "`", let end = rest.firstIndex(of: first) else { continue }
            rest = rest[end...].dropFirst()
            result.append(first)
        }
        return result
    }

    fileprivate var identifiers: [Substring] {
        split { !$0.isOfIdentifier }.filter { $0.first?.isNumber == false }
    }

    /// Divided at commas that are in no bracket.
    fileprivate func parts(angles: Bool = false) -> [Substring] {
        var depth = 0
        return split { character in
            if "([{".contains(character) || angles && character == "<" { depth += 1 }
            if ")]}".contains(character) || angles && character == ">" { depth = Swift.max(0, depth - 1) }
            return character == "," && depth == 0
        }
    }

    /// Begins with the bracket; to the end where it is not closed.
    private var insideOfBrackets: Substring {
        var depth = 0
        let end = firstIndex { character in
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            return depth == 0
        }
        return self[index(after: startIndex)..<(end ?? endIndex)]
    }
}

extension Character {
    fileprivate var isOfIdentifier: Bool { isLetter || isNumber || self == "_" }
}
