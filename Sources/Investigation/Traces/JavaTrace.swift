import Domain

/// Java, Kotlin and Scala: newest call first, `Caused by:` last.
enum JavaTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var drafts: [Draft] = []
        var header: (type: String, value: String)?
        var isReading = false
        var suppressed: Int?
        for line in lines {
            if let frame = frame(line) {
                if suppressed != nil { continue }
                if !isReading {
                    drafts.append(Draft(type: header?.type ?? "", value: header?.value ?? ""))
                    header = nil
                }
                isReading = true
                drafts[drafts.count - 1].append(frame)
            } else if line.after("... ") == nil, !line.isEmpty {
                isReading = false
                if line.after("Suppressed: ") != nil {
                    suppressed = suppressed ?? line.indent
                } else if line.after("Caused by: ") == nil || line.indent < suppressed ?? .max {
                    // Deeper, it is the cause of what was suppressed.
                    suppressed = nil
                }
                if suppressed != nil { continue }
                let words = line.after("Caused by: ") ?? thrown(line)
                if let found = words.classAndMessage { header = found }
            }
        }
        return drafts.reversed().map { $0.exception(newestFirst: true) }
    }

    /// `Exception in thread "main" java.lang.IllegalStateException: empty cart`
    private static func thrown(_ line: TraceLine) -> Substring {
        guard let rest = line.after("Exception in thread \""), let (_, words) = rest.cut(at: "\" ") else {
            return line.text
        }
        return words
    }

    /// `at com.shop.Cart$Item.total(Cart.java:31)`, with a loader and module before it since Java 9.
    private static func frame(_ line: TraceLine) -> Frame? {
        guard let rest = line.after("at "), let (call, place) = rest.cut(at: "("),
            let (inside, _) = place.cut(at: ")"), let dot = call.utf8.lastIndex(of: 0x2E)
        else { return nil }
        let path = call.cut(atLast: "/")?.1 ?? call
        guard path.startIndex <= dot else { return nil }
        let function = Substring(call.utf8[call.utf8.index(after: dot)...])
        guard !path.utf8.contains(0x20) else { return nil }
        if inside == "Native Method" || inside == "Unknown Source" {
            return Frame(filename: "", function: function.string, module: String(path[..<dot]))
        }
        let (file, number) = inside.cut(atLast: ":") ?? (inside, "")
        let isSource = [".java", ".kt", ".scala", ".groovy", ".clj"].contains { file.before($0) != nil }
        guard isSource else { return nil }
        return Frame(
            filename: file.string, function: function.string, module: String(path[..<dot]), line: number.lineNumber)
    }
}
