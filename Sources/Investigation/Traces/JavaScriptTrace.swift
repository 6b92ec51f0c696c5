import Domain

/// Node, Chrome (`at f (file:1:2)`), Firefox and Safari (`f@file:1:2`): newest call first, causes last.
enum JavaScriptTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var drafts: [Draft] = []
        var header: (type: String, value: String)?
        var isReading = false
        for line in lines {
            if let frame = frame(line) {
                if !isReading {
                    drafts.append(Draft(type: header?.type ?? "", value: header?.value ?? ""))
                    header = nil
                }
                isReading = true
                drafts[drafts.count - 1].append(frame)
            } else {
                isReading =
                    isReading && (line.isEmpty || line.after("at ") != nil || line.text.before("[native code]") != nil)
                var words = line.after("[cause]:") ?? line.after("Caused by:") ?? line.after("Uncaught ") ?? line.text
                // Node numbers what is met again: `<ref *1> Error: …`.
                if let named = words.trimmed.after("<ref *")?.cut(at: "> ") { words = named.1 }
                if let found = words.trimmed.classAndMessage { header = found }
            }
        }
        return drafts.reversed().map { $0.exception(newestFirst: true) }
    }

    private static func frame(_ line: TraceLine) -> Frame? {
        // Behind the last one Node opens a brace, in which properties and the cause stand.
        if let rest = line.after("at ") { return chrome(rest.before(" {") ?? rest) }
        // The first one: addresses of packages have another, as in `https://cdn.example/@acme/shop.js`.
        guard let (name, place) = line.text.cut(at: "@"), let found = place.place, found.column != nil else {
            return nil
        }
        // Firefox puts what it waited for before a name: `promise callback*load`.
        let call = name.cut(atLast: "*")?.1 ?? name
        let function = safariCode.contains(call) ? "" : call
        guard !function.utf8.contains(0x20) else { return nil }
        return Frame(
            filename: found.path.string, function: function.isEmpty ? nil : function.string, line: found.line,
            column: found.column)
    }

    /// What Safari calls code outside of functions.
    private static let safariCode: Set<Substring> = ["global code", "module code", "eval code", "anonymous"]

    /// `async Cart.total (/srv/app/lib/cart.js:31:9)` or only the place.
    private static func chrome(_ text: Substring) -> Frame? {
        var function: Substring?
        var location = text
        if let inside = text.before(")"), let (name, place) = inside.cut(atLast: "(") {
            function = (name.cut(at: " (")?.0 ?? name).trimmed
            location = place
        }
        if let call = function ?? nil { function = call.after("async ") ?? call.after("new ") ?? call }
        location = location.after("async ") ?? location
        // `eval at run (/srv/app/rules.js:3:5), <anonymous>:1:1`: where the text came from tells more.
        if let (origin, _) = location.cut(at: "), <anonymous>") { location = origin }
        guard let place = location.place, place.column != nil, isScript(place.path) else { return nil }
        return Frame(
            filename: place.path.string, function: function.map(String.init), line: place.line, column: place.column)
    }

    /// Not a time of day, and not Rust's or Swift's way of writing the same.
    private static func isScript(_ path: Substring) -> Bool {
        path.utf8.contains { $0 == 0x2F || $0 == 0x5C || $0 == 0x2E || $0 == 0x3C || $0 == 0x3A }
            && path.before(".rs") == nil && path.before(".swift") == nil
    }
}
