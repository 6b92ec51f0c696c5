import Domain

/// Go: `panic: text`, then for each call its name and, indented below, its place. Only the goroutine that failed.
enum GoTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var draft = Draft(type: "panic", value: "")
        var function: String?
        var goroutines = 0
        for line in lines {
            if let words = line.after("panic: ") ?? line.after("fatal error: ") ?? served(line) {
                if draft.value.isEmpty { draft.value = words.string }
                if line.after("fatal error: ") != nil { draft.type = "fatal error" }
            } else if line.after("goroutine ") != nil {
                goroutines += 1
                if goroutines > 1, !draft.frames.isEmpty { break }
            } else if let place = place(line) {
                // What comes before the last call of panic is the runtime unwinding.
                if function == "panic" {
                    draft.frames = []
                } else if let name = function {
                    let isSpawn = name.hasPrefix("created by ")
                    if !isSpawn {
                        draft.append(Frame(filename: place.path.string, function: name, line: place.line))
                    }
                }
                function = nil
            } else {
                function = name(line)
            }
        }
        return draft.frames.isEmpty ? [] : [draft.exception(newestFirst: true)]
    }

    /// `2026/11/24 10:00:01 http: panic serving 10.0.0.7:4711: runtime error: …`
    private static func served(_ line: TraceLine) -> Substring? {
        line.text.cut(at: "http: panic serving ")?.1.cut(at: ": ")?.1
    }

    /// `	/srv/app/cart.go:31 +0x1d`
    private static func place(_ line: TraceLine) -> Substring.Place? {
        guard line.indent > 0 else { return nil }
        let text = line.text.cut(at: " +0x")?.0 ?? line.text
        guard let place = text.place, place.column == nil,
            place.path.before(".go") != nil || place.path.before(".s") != nil
        else { return nil }
        return place
    }

    /// `github.com/shop/cart.(*Cart).Total(0xc000010000)`
    private static func name(_ line: TraceLine) -> String? {
        guard line.indent == 0, !line.isEmpty else { return nil }
        if line.after("created by ") != nil { return line.text.string }
        guard line.text.before(")") != nil, let (head, _) = line.text.cut(atLast: "(") else { return nil }
        let name = head.cut(atLast: "/")?.1 ?? head
        return name.utf8.contains(0x20) || name.isEmpty ? nil : name.string
    }
}
