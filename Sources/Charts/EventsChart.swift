/// How often something happened, bar by bar, with the time before behind it and marks for what may be the reason.
package struct EventsChart: Sendable, Hashable {
    package let title: String
    /// Under the title, beside its colour: `today: 312`.
    package let legend: String
    package let legendBefore: String
    /// From the oldest on.
    package let bars: [Int]
    /// The same places, one period earlier; fewer are as good as zeros.
    package let before: [Int]
    package let labels: [Label]
    package let marks: [Mark]

    /// A word under the axis, at the left edge of a bar.
    package struct Label: Sendable, Hashable {
        package let bar: Int
        package let text: String

        package init(bar: Int, text: String) {
            self.bar = bar
            self.text = text
        }
    }

    /// Something that happened once, such as a release that was seen first.
    package struct Mark: Sendable, Hashable {
        /// In bars from the left edge: 1.5 is in the middle of the second.
        package let position: Double
        package let text: String

        package init(position: Double, text: String) {
            self.position = position
            self.text = text
        }
    }

    /// More bars would be thinner than a pixel.
    package static let mostBars = 400

    package init(
        title: String, legend: String, legendBefore: String, bars: [Int], before: [Int], labels: [Label],
        marks: [Mark] = []
    ) {
        self.title = title.drawable
        self.legend = legend.drawable
        self.legendBefore = legendBefore.drawable
        self.bars = bars.suffix(Self.mostBars).map { max(0, $0) }
        self.before = before.suffix(Self.mostBars).map { max(0, $0) }
        self.labels = labels.map { Label(bar: $0.bar, text: $0.text.drawable) }
        self.marks = marks.filter(\.position.isFinite).map { Mark(position: $0.position, text: $0.text.drawable) }
            .sorted { $0.position < $1.position }
    }
}

extension String {
    /// On one line, without what turns the direction of writing: names come from strangers.
    fileprivate var drawable: String {
        let letters = unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(letters))
    }
}
