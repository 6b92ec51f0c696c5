import Domain

extension Finding {
    /// Who handed in what failed, when the function of the crash did not make it itself.
    package struct Handover: Sendable, Codable, Hashable {
        /// Of the crash's parameters.
        let names: [String]
        /// Nil where it has no name of its own, such as `async Promise.all (index 2)`.
        let function: String?
        let path: String
        let line: Int?
    }

    /// "It was handed cart by checkout, lib/orders.js:12."
    ///
    /// - Parameter place: a path and line, or a link to them.
    /// - Parameter code: marks a name as code.
    func sentence(of handover: Handover, at place: String, code: (String) -> String = { $0 }) -> String {
        let names = handover.names.map(code).joined(separator: " and ")
        guard let function = handover.function else { return "It was handed \(names) at \(place)." }
        return "It was handed \(names) by \(code(function)), \(place)."
    }

    func html(_ handover: Handover) -> HTML {
        let names = handover.names.map { HTML.code($0) }.joined(by: " and ")
        let place = html(handover.path, handover.line)
        guard let function = handover.function else { return "It was handed \(names) at \(place)" }
        return "It was handed \(names) by \(HTML.code(function)), \(place)"
    }
}

extension Finding.Handover {
    // More names are a whole line of code, and say nothing.
    private static let mostNames = 2

    /// Nil when the crash's function made it, or when that cannot be said shortly.
    init?(_ origin: Origin?, in evidence: Evidence) {
        guard let origin, (1...Self.mostNames).contains(origin.parameters.count) else { return nil }
        let place = evidence.lines[origin.line]
        names = origin.parameters.map { Finding.clean($0, atMost: 60) }
        let name = place.frame.function.map { $0.replacing("async ", with: "") } ?? ""
        let isNamed = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "_.:#$~?!".contains($0) }
        function = isNamed ? Finding.clean(name, atMost: 120) : nil
        path = place.path
        line = place.line
    }

    var place: String { line.map { "\(path):\($0)" } ?? path }
}
