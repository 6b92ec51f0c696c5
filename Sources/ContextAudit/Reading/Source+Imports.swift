extension Source {
    /// Names that a file takes over from Sentry's SDK, which it may call without saying whose they are.
    var namesFromSentry: Set<String> {
        var names: Set<String> = []
        for index in tokens.indices where tokens[index].isFirst {
            guard Self.takingOver.contains(word(index)) else { continue }
            let end = endOfImport(index)
            let text = bytes[tokens[index].range.lowerBound..<tokens[end].range.upperBound]
            guard text.prefix(2000).containsIgnoringCase("sentry") else { continue }
            names.formUnion((index...end).map(word).filter { Word($0) != nil })
        }
        return names
    }

    private static let takingOver: Set<String> = ["import", "from", "use", "const", "let", "var", "export"]

    /// Its last token: a module's name, or what stands before `;` or the next statement.
    private func endOfImport(_ start: Int) -> Int {
        var end = start
        while end + 1 < tokens.count, end - start < 80 {
            if language.family == .javascript ? tokens[end].kind == .text : tokens[end + 1].isFirst { break }
            if isSign(end + 1, ";") { break }
            end += 1
        }
        return end
    }
}
