import Domain

/// What kind of fault an error looks like, and the words that say so.
package struct Fault: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
        case code, data, configuration, network, dependency, resource

        /// Whether it lies around the program, so that no commit need be to blame.
        var isOutside: Bool { [.configuration, .network, .resource].contains(self) }
    }

    package let kind: Kind
    /// The piece of the error's own text that tells, scrubbed.
    package let evidence: String

    /// `Looks like a network fault: ECONNREFUSED [ip]:6379`; the evidence is not said again when the headline above has it.
    func sentence(under headline: String) -> String {
        let kind = "Looks like a \(kind.rawValue) fault"
        return headline.contains(evidence) ? "\(kind)." : "\(kind): \(evidence)"
    }
}

extension Fault {
    /// Nil when nothing tells, or when what tells does not agree: a wrong kind sends people to the wrong place.
    ///
    /// The root cause decides before what was thrown around it; without either, the text does.
    init?(_ exceptions: [Exception], or text: String) {
        let told = exceptions.filter { !$0.type.isEmpty || !$0.value.isEmpty }
        let texts =
            told.isEmpty
            ? [text]
            : told.prefix(5).map { $0.value.isEmpty ? $0.type : "\($0.type): \($0.value)" }
        for text in texts {
            // Scrubbed before it is cut: half a secret is not known as one.
            let signs = FaultSign.all(in: Finding.clean(text))
            guard let first = signs.first else { continue }
            // A missing guard shows in what another fault left behind, so code yields to what is more exact.
            let telling = signs.filter { $0.kind != .code }
            guard let sign = telling.first ?? signs.first,
                (telling.isEmpty ? [first] : telling).allSatisfy({ $0.kind == sign.kind })
            else { return nil }
            self.init(kind: sign.kind, evidence: sign.excerpt)
            return
        }
        return nil
    }
}
