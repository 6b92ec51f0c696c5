import Domain

/// C and C++: gdb, the sanitizers, valgrind, glibc and failed assertions; newest call first.
enum NativeTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var draft = Draft(type: "", value: "")
        var isDone = false
        var isGap = false
        for raw in lines where !isDone {
            let line = plain(raw)
            if let frame = frame(line) {
                // A second stack, such as where the memory was freed, tells of another moment.
                if isGap, !draft.frames.isEmpty {
                    isDone = true
                } else {
                    draft.append(frame)
                }
            } else {
                isGap = !draft.frames.isEmpty && isHeading(line)
                guard draft.frames.isEmpty else { continue }
                if let words = failure(line) { (draft.type, draft.value) = words }
                if let words = line.after("what():") { draft.value = words.trimmed.string }
            }
        }
        return draft.frames.isEmpty ? [] : [draft.exception(newestFirst: true)]
    }

    /// Without valgrind's and the sanitizers' `==4711==`.
    private static func plain(_ line: TraceLine) -> TraceLine {
        guard let rest = line.after("=="), let (number, text) = rest.cut(at: "=="), number.lineNumber != nil else {
            return line
        }
        return TraceLine(text)
    }

    private static func isHeading(_ line: TraceLine) -> Bool {
        line.isEmpty || line.text.before(":") != nil || line.after("Address ") != nil || line.after("Thread ") != nil
            || line.text.range(ofText: "allocated by") != nil || line.text.range(ofText: "freed by") != nil
    }

    private static func failure(_ line: TraceLine) -> (String, String)? {
        if let words = line.after("ERROR: "), let (tool, text) = words.cut(at: ": ") {
            return (tool.string, text.string)
        }
        if let (head, _) = line.text.cut(at: "Assertion `"), head.place == nil {
            return ("Assertion", line.text.string)
        }
        if let name = line.after("terminate called after throwing an instance of '")?.before("'") {
            return (name.string, "")
        }
        if let (_, words) = line.text.cut(at: "*** "), let text = words.cut(at: " ***")?.0 {
            return (text.cut(at: ":")?.0.string ?? text.string, text.string)
        }
        if let words = line.after("Program received signal ") ?? line.after("Program terminated with signal ") {
            return (words.cut(at: ",")?.0.string ?? words.string, words.string)
        }
        guard
            line.after("Invalid ") != nil || line.after("Conditional jump") != nil || line.after("Use of uninit") != nil
        else { return nil }
        return (line.text.string, line.text.string)
    }

    private static func frame(_ line: TraceLine) -> Frame? {
        if let rest = line.after("#") { return numbered(rest) }
        if let rest = line.after("at 0x") ?? line.after("by 0x") { return valgrind(rest) }
        return assertion(line) ?? glibc(line)
    }

    /// gdb's `#1  0x0000 in total (id=3) at src/cart.c:31` and the sanitizers' `#1 0x0000 in total /src/cart.c:31:9`.
    private static func numbered(_ text: Substring) -> Frame? {
        guard let (number, tail) = text.cut(at: " "), number.lineNumber != nil else { return nil }
        var rest = tail.trimmed
        if rest.after("0x") != nil {
            guard let (_, call) = rest.cut(at: " in ") else { return nil }
            rest = call
        }
        if let (call, location) = cutLast(rest, " at "), let place = location.place {
            return Frame(filename: place.path.string, function: name(call, " (").string, line: place.line)
        }
        if let (call, location) = rest.cut(atLast: " "), let place = location.place {
            return Frame(
                filename: place.path.string, function: name(call, "(").string, line: place.line, column: place.column)
        }
        // A frame of a library without debug information still says that something was called.
        guard let (name, _) = rest.cut(at: " ("), !name.isEmpty, !name.utf8.contains(0x20) else { return nil }
        return Frame(filename: "", function: name.string)
    }

    /// Without the arguments; `(anonymous namespace)::total` begins with no argument.
    private static func name(_ call: Substring, _ mark: String) -> Substring {
        let rest = call.after("(anonymous namespace)::") ?? call
        return rest.cut(at: mark)?.0 ?? rest
    }

    /// `0x48E53B4: total (cart.c:31)`
    private static func valgrind(_ text: Substring) -> Frame? {
        guard let (_, call) = text.cut(at: ": ") else { return nil }
        guard let inside = call.before(")"), let (name, location) = cutLast(inside, " (") else { return nil }
        guard let place = location.place else { return Frame(filename: "", function: name.string) }
        return Frame(filename: place.path.string, function: name.string, line: place.line)
    }

    /// ``cart: cart.c:31: total: Assertion `id > 0' failed.``
    private static func assertion(_ line: TraceLine) -> Frame? {
        guard let (head, _) = line.text.cut(at: ": Assertion `"), let (location, name) = cutLast(head, ": "),
            let place = (cutLast(location, ": ")?.1 ?? location).place
        else { return nil }
        let call = name.cut(at: "(")?.0 ?? name
        return Frame(
            filename: place.path.string, function: (call.cut(atLast: " ")?.1 ?? call).string, line: place.line)
    }

    /// `/usr/lib/libshop.so.0(total+0x28) [0x7f00]`
    private static func glibc(_ line: TraceLine) -> Frame? {
        guard line.text.range(ofText: "[0x") != nil, let (_, rest) = line.text.cut(at: "("),
            let (name, tail) = rest.cut(at: "+0x"), tail.cut(at: ")") != nil, !name.isEmpty, !name.utf8.contains(0x20)
        else { return nil }
        return Frame(filename: "", function: name.string)
    }

    private static func cutLast(_ text: Substring, _ mark: String) -> (Substring, Substring)? {
        var rest = text
        var end: Substring.Index?
        while let (head, tail) = rest.cut(at: mark) {
            end = head.endIndex
            rest = tail
        }
        return end.map { (text[..<$0], rest) }
    }
}
