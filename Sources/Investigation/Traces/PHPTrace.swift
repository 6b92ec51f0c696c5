import Domain

/// PHP: the place of the error, then `#0 file(line): function()`, newest first. A numbered line names the function that
/// its place calls, so each name belongs to the place before.
enum PHPTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var type = ""
        var value = ""
        var places: [(path: Substring, line: Int)] = []
        var calls: [String] = []
        for line in lines {
            if let (path, number, call) = numbered(line) {
                guard places.count < Draft.mostFrames else { break }
                if places.isEmpty { places.append(("", 0)) }
                places.append((path, number))
                calls.append(call)
            } else if let (head, tail) = line.text.cut(at: " in "), let place = origin(tail), calls.isEmpty {
                let words = head.cut(at: "Uncaught ")?.1 ?? head.cut(at: "error: ")?.1.trimmed ?? head
                places = [place]
                (type, value) = words.classAndMessage.map { ($0.type, $0.value) } ?? ("", words.string)
            }
        }
        guard !calls.isEmpty || (places.first?.path.before(".php") != nil) else { return [] }
        let frames = places.enumerated().compactMap { index, place in
            place.path.isEmpty
                ? nil
                : Frame(
                    filename: place.path.string, function: index < calls.count ? calls[index] : nil, line: place.line)
        }
        return frames.isEmpty ? [] : [Exception(type: type, value: value, frames: frames.reversed())]
    }

    /// `/srv/app/Cart.php:31` or `/srv/app/Cart.php on line 31`
    private static func origin(_ text: Substring) -> (path: Substring, line: Int)? {
        if let (path, number) = text.cut(at: " on line "), let line = number.lineNumber { return (path, line) }
        guard let place = text.place, place.column == nil, place.path.before(".php") != nil else { return nil }
        return (place.path, place.line)
    }

    /// `#0 /srv/app/index.php(12): Shop\Cart->total(1)`
    private static func numbered(_ line: TraceLine) -> (Substring, Int, String)? {
        guard let rest = line.after("#"), let (number, text) = rest.cut(at: " "), number.lineNumber != nil,
            let (location, call) = text.cut(at: "): "), let (path, digits) = location.cut(atLast: "("),
            let line = digits.lineNumber
        else { return nil }
        let name = call.cut(at: "(")?.0 ?? call
        return (path, line, (name.cut(at: "->")?.1 ?? name.cut(at: "::")?.1 ?? name).string)
    }
}
