import Domain

/// Python: oldest call first, and a cause is printed before what it caused.
enum PythonTrace {
    static func read(_ raw: [TraceLine]) -> [Exception] {
        let lines = raw.map(plain)
        var exceptions: [Exception] = []
        var draft: Draft?
        for (index, line) in lines.enumerated() {
            if line.after("Traceback (most recent call last)") != nil
                || line.after("Exception Group Traceback") != nil
            {
                if let draft, !draft.frames.isEmpty { exceptions.append(draft.exception(newestFirst: false)) }
                draft = Draft(type: "", value: "")
            } else if let frame = frame(line, context: index + 1 < lines.count ? lines[index + 1] : nil) {
                draft = draft ?? Draft(type: "", value: "")
                draft?.append(frame)
            } else if var open = draft, !open.frames.isEmpty, let words = line.text.classAndMessage, ends(lines, index)
            {
                (open.type, open.value) = words
                exceptions.append(open.exception(newestFirst: false))
                draft = nil
            }
        }
        if let draft, !draft.frames.isEmpty { exceptions.append(draft.exception(newestFirst: false)) }
        // A group is printed first, and is only what its members came together in.
        let (groups, others) = (exceptions.filter(isGroup), exceptions.filter { !isGroup($0) })
        return others + groups
    }

    private static func isGroup(_ exception: Exception) -> Bool { exception.type.hasSuffix("ExceptionGroup") }

    /// Without the frame that is drawn around the members of a group: `  | `, `  + `, `  +-+-----`.
    private static func plain(_ line: TraceLine) -> TraceLine {
        guard let first = line.text.utf8.first, first == UInt8(ascii: "|") || first == UInt8(ascii: "+") else {
            return line
        }
        return TraceLine(line.text.dropFirst())
    }

    /// `File "/srv/app/cart.py", line 31, in total`
    private static func frame(_ line: TraceLine, context: TraceLine?) -> Frame? {
        guard let rest = line.after("File \""), let (path, tail) = rest.cut(at: "\", line ") else { return nil }
        let digits = Substring(tail.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 })
        let function = Substring(tail.utf8[digits.endIndex...]).after(", in ")
        let code = context.flatMap { next in
            next.indent > line.indent && next.after("File \"") == nil ? next.text.string : nil
        }
        return Frame(
            filename: path.string, function: function?.string, line: digits.lineNumber, contextLine: code)
    }

    /// The closing line stands where the traceback began: not deeper than the frames, which have code below them.
    private static func ends(_ lines: [TraceLine], _ index: Int) -> Bool {
        let previous = lines[..<index].last { $0.after("File \"") != nil }
        return lines[index].indent < previous?.indent ?? 0
    }
}
