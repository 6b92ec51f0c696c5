extension Tracing {
    /// A function's own name: `Cart.total`, `shop::Cart::total(int)`, `Cart.total(in:)`, `block in total` → `total`.
    static func bareName(_ function: String) -> String {
        let words = withoutBrackets(function).split { !isOfName($0) }
        return words.last.map(String.init) ?? ""
    }

    /// Up to the parameters, and without type arguments behind a name. Brackets elsewhere hold names themselves:
    /// `main.(*Server).serve`, `(anonymous namespace)::total`, `<Cart as Total>::total`, `Object.<anonymous>`.
    private static func withoutBrackets(_ function: String) -> String {
        var kept = ""
        var depth = 0
        for character in function {
            switch character {
            case "(", "[", "<":
                let isBehindName = kept.last.map { isOfName($0) } ?? false
                if character == "(", isBehindName, depth == 0 { return kept }
                if depth > 0 || isBehindName { depth += 1 } else { kept.append(character) }
            case ")", "]", ">":
                if depth > 0 { depth -= 1 } else { kept.append(character) }
            default:
                if depth == 0 { kept.append(character) }
            }
        }
        return kept
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }
}
