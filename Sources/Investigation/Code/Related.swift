/// Which lines of a function speak of the same things as the failing one: one that computes what fails there.
struct Related {
    private let text: SourceText
    private let line: Int
    private let names: Set<Substring>
    /// In how many lines of the function each name is.
    private var lines: [Substring: Int] = [:]

    init(to line: Int, in text: SourceText, _ function: ClosedRange<Int>) {
        self.text = text
        self.line = line
        names = Identifiers.names(in: text.line(line))
        for number in function {
            for name in Identifiers.names(in: text.line(number)) where names.contains(name) {
                lines[name, default: 0] += 1
            }
        }
    }

    /// From 0 to 1.
    func strength(_ number: Int) -> Double {
        guard number != line else { return 0 }
        let shared = Identifiers.names(in: text.line(number)).intersection(names)
        return min(1, shared.reduce(0) { $0 + 1 / Double(max(1, lines[$1] ?? 1)) })
    }
}
