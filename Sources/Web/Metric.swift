/// One figure, or a family of figures, in Prometheus' text format 0.0.4.
package struct Metric: Sendable {
    package enum Kind: String, Sendable { case counter, gauge }

    package struct Sample: Sendable {
        let labels: [(name: String, value: String)]
        let value: Double

        package init(_ value: Double, _ labels: (name: String, value: String)...) {
            self.labels = labels
            self.value = value
        }
    }

    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let name: String
    private let kind: Kind
    private let help: String
    private let samples: [Sample]

    /// - Parameter name: `tipline_…`; a counter's ends in `_total`.
    package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    package init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help, [Sample(value)])
    }

    /// The page that a Prometheus server reads.
    package static func page(_ metrics: [Metric]) -> String { metrics.map(\.text).joined() }

    private var text: String {
        let head = "# HELP \(name) \(Self.escape(help))\n# TYPE \(name) \(kind.rawValue)\n"
        return samples.reduce(into: head) { text, sample in
            text += "\(name)\(Self.labels(sample.labels)) \(Self.number(sample.value))\n"
        }
    }

    private static func labels(_ labels: [(name: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { "\($0.name)=\"\(escape($0.value, quotes: true))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func escape(_ text: String, quotes: Bool = false) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Whole numbers as such: `2`, not `2.0`.
        return Int(exactly: value).map(String.init) ?? String(value)
    }
}
