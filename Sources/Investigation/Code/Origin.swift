import Domain

/// Where the value comes from that failed: a function that only hands its parameters on did not make it.
///
/// Followed outwards, call by call, from the variables of the crash's line to the first function in which they are no
/// parameters.
struct Origin: Sendable, Hashable {
    /// Its place in the lines of the evidence.
    let line: Int
    /// The parameters of the crash's function by which it came in; none when it was made there.
    let parameters: [String]

    /// By the name of a variable, the parameters of the crash's function that it became.
    private typealias Flow = [Substring: Set<Substring>]

    private struct Call {
        let name: String
        let parameters: [Substring]
    }

    /// Nil when the way is lost: at a call that is written otherwise, a constant, or a field of an object.
    init?(of lines: [TracedLine], texts: [String: SourceText]) {
        var flow: Flow = [:]
        var call: Call?
        var inner: TracedLine?
        for (index, place) in lines.enumerated() where !Noise.isReporting(place.frame) && !PathIndex.isSide(place.path)
        {
            guard let text = texts[place.path], let line = place.line, line <= text.count else { continue }
            if let inner, place.isSameCall(as: inner) { continue }
            inner = place
            let statement = text.statement(at: line)
            if let call {
                guard let arguments = statement.arguments(ofCall: call.name) else { return nil }
                flow = Self.flow(flow, through: arguments, for: call.parameters)
            } else {
                flow = statement.variables.reduce(into: [:]) { $0[$1] = [$1] }
            }
            guard !flow.isEmpty else { return nil }
            let parameters = text.parameters(around: line, nameFirst: place.path.hasSuffix(".go"))
            let handed = flow.filter { parameters.contains($0.key) }
            guard !handed.isEmpty else {
                self.line = index
                self.parameters =
                    call == nil ? [] : flow.values.reduce(into: Set()) { $0.formUnion($1) }.map(String.init).sorted()
                return
            }
            flow = handed
            call = Call(name: Tracing.bareName(place.frame.function ?? ""), parameters: parameters)
        }
        return nil
    }

    /// The variables in the arguments for the parameters that were followed so far.
    private static func flow(
        _ inner: Flow, through arguments: [Substring], for parameters: [Substring]
    ) -> Flow {
        // One more: the object itself.
        let arguments = arguments.count == parameters.count + 1 ? arguments.dropFirst() : arguments[...]
        return zip(parameters, arguments).reduce(into: [:]) { outer, pair in
            guard let origins = inner[pair.0] else { return }
            for variable in pair.1.variables { outer[variable, default: []].formUnion(origins) }
        }
    }
}

extension TracedLine {
    /// Whether an exception around the other one was raised where that was caught.
    fileprivate func isSameCall(as inner: TracedLine) -> Bool {
        exception != inner.exception && path == inner.path && function != nil && function == inner.function
    }
}
