/// Something wrong with a runbook or a folder of them: where, what, and what to write instead.
package struct Trouble: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// It is not used.
        case error
        /// It is used, but does not do all that was meant.
        case warning
    }

    package let kind: Kind
    /// The file as it is reached from the working directory; the folder when all of it is out.
    package let file: String
    package let line: Int?
    package let what: String
    /// A whole sentence.
    package let advice: String?

    package init(_ kind: Kind, file: String, line: Int? = nil, _ what: String, advice: String? = nil) {
        self.kind = kind
        self.file = file
        self.line = line
        self.what = what
        self.advice = advice
    }

    /// As compilers write it, so that editors find the place: `db.md:7: error: …`.
    package var description: String {
        let place = file.oneLine + (line.map { ":\($0)" } ?? "")
        return "\(place): \(kind.rawValue): \(what)." + (advice.map { " \($0)" } ?? "")
    }
}
