import Domain

/// .NET: `at Shop.Cart.Total(Int32 id) in /src/Cart.cs:line 31`, newest call first, the inner exception's frames first.
enum DotNetTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var drafts: [Draft] = []
        var headers: [(type: String, value: String)] = []
        var isInside = false
        for line in lines {
            if let frame = frame(line) {
                if !isInside {
                    let header = headers.popLast()
                    drafts.append(Draft(type: header?.type ?? "", value: header?.value ?? ""))
                }
                isInside = true
                drafts[drafts.count - 1].append(frame)
            } else if line.after("--- End of inner exception") != nil {
                isInside = false
            } else if line.after("---") == nil || line.after("---> ") != nil, !line.isEmpty, line.after("at ") == nil {
                headers += self.headers(line)
                if !drafts.isEmpty, headers.isEmpty { continue }
                if drafts.isEmpty { isInside = false }
            }
        }
        return drafts.map { $0.exception(newestFirst: true) }
    }

    /// `Outer: text ---> Inner: text`, outermost first.
    private static func headers(_ line: TraceLine) -> [(type: String, value: String)] {
        var found: [(type: String, value: String)] = []
        var rest = line.after("Unhandled exception. ") ?? line.after("---> ") ?? line.text
        while let (head, tail) = rest.cut(at: " ---> "), found.count < 20 {
            if let words = head.classAndMessage { found.append(words) }
            rest = tail
        }
        if let words = rest.classAndMessage, !words.value.isEmpty || !found.isEmpty { found.append(words) }
        return found
    }

    private static func frame(_ line: TraceLine) -> Frame? {
        guard let rest = line.after("at "), let (call, arguments) = rest.cut(at: "("),
            let (_, tail) = arguments.cut(at: ")")
        else { return nil }
        guard let place = tail.after(" in "), let (path, number) = place.cut(at: ":line "), let line = number.lineNumber
        else { return nil }
        let (module, function) = call.cut(atLast: ".") ?? ("", call)
        return Frame(filename: path.string, function: function.string, module: module.string, line: line)
    }
}
