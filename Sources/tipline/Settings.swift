import FoundationEssentials

/// The variables as they were given, and where each comes from, so that a mistake can be shown with its line.
///
/// The process environment goes before the file; `NAME_FILE` names a file that holds the value, as systemd
/// credentials and container secrets want it.
struct Settings {
    struct Setting {
        let value: String
        /// `.env, line 3`, or `environment`.
        let origin: String
    }

    private(set) var settings: [String: Setting] = [:]
    /// What could not be read at all.
    private(set) var mistakes: [String] = []

    init(environment: [String: String], file: (name: String, text: String)? = nil) {
        if let file { read(file.text, from: file.name) }
        for (name, value) in environment { settings[name] = Setting(value: value, origin: "environment") }
        followFiles()
    }

    subscript(_ variable: Variable) -> Setting? { self[variable.rawValue] }

    /// One that is empty is not set: `NAME=` in a file, or what a container passes on that has none.
    subscript(_ name: String) -> Setting? {
        guard let setting = settings[name], !setting.value.isEmpty else { return nil }
        return setting
    }

    /// `NAME=value`, with `#` comments, `export` and quotes as shells know them; nothing is expanded.
    private mutating func read(_ text: String, from name: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var line = line.drop(while: \.isWhitespace)
            if line.hasPrefix("export ") { line = line.dropFirst(7).drop(while: \.isWhitespace) }
            guard let first = line.first, first != "#" else { continue }
            let origin = "\(name), line \(number + 1)"
            guard let equals = line.firstIndex(of: "="),
                line[..<equals].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            else {
                mistakes.append("\(origin): not of the form NAME=value")
                continue
            }
            let value = Self.unquoted(line[line.index(after: equals)...])
            settings[String(line[..<equals])] = Setting(value: value, origin: origin)
        }
    }

    private static func unquoted(_ text: Substring) -> String {
        let text = String(text).trimmed
        if let quote = text.first, quote == "\"" || quote == "'" {
            let inner = text.dropFirst()
            if let end = inner.firstIndex(of: quote) { return String(inner[..<end]) }
        }
        // A comment needs a space before it: `#` also stands in TIPLINE_REPOS.
        guard let comment = text.firstRange(of: " #") else { return text }
        return String(text[..<comment.lowerBound]).trimmed
    }

    private mutating func followFiles() {
        for variable in Variable.allCases {
            let name = variable.rawValue + "_FILE"
            guard let pointer = self[name], self[variable] == nil else { continue }
            do {
                let text = try String(contentsOfFile: pointer.value, encoding: .utf8)
                settings[variable.rawValue] = Setting(value: text.trimmed, origin: "\(name) (\(pointer.origin))")
            } catch {
                mistakes.append("\(name) (\(pointer.origin)): the file \(pointer.value) cannot be read")
            }
        }
    }
}

extension String {
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex))
    }
}
