/// The numbers at the side: few, round, the highest above all bars.
struct Scale {
    let step: Int
    let top: Int

    /// - Parameter highest: of all bars.
    init(highest: Int) {
        let highest = max(1, min(highest, 1_000_000_000_000_000))
        var step = 1
        // 1, 2, 5, 10, 20, 50 …: the first with which four lines are enough.
        var factors = [2, 5, 10].makeIterator()
        var decade = 1
        while step * 4 < highest {
            if let factor = factors.next() {
                step = decade * factor
            } else {
                decade *= 10
                factors = [2, 5, 10].makeIterator()
            }
        }
        self.step = step
        top = (highest + step - 1) / step * step
    }

    var lines: [Int] { Array(stride(from: 0, through: top, by: step)) }

    /// `0`, `250`, `5k`, `1.5M`
    static func label(_ number: Int) -> String {
        for (unit, letter) in [(1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")] where number >= unit {
            let tenths = number / (unit / 10)
            return tenths % 10 == 0 ? "\(tenths / 10)\(letter)" : "\(tenths / 10).\(tenths % 10)\(letter)"
        }
        return String(number)
    }

    /// `100,000`: for the number that is to be read exactly.
    static func exact(_ number: Int) -> String {
        var groups: [String] = []
        var rest = String(number)
        while rest.count > 3 {
            groups.insert(String(rest.suffix(3)), at: 0)
            rest.removeLast(3)
        }
        return ([rest] + groups).joined(separator: ",")
    }
}
