/// Names for marks, in two lanes above the bars, none over another. What finds no room is counted: `2.3.1 +3`.
struct MarkLabels {
    struct Label: Equatable {
        var text: String
        var x: Double
        /// 0 is next to the bars.
        let lane: Int
    }

    private(set) var labels: [Label] = []

    private static let widest = 380.0
    private static let gap = 22.0

    /// - Parameter marks: from left to right.
    init(_ marks: [(x: Double, text: String)], from left: Double, to right: Double, size: Double, _ canvas: Canvas) {
        var free = [left, left]
        var counts: [Int] = []
        // Room for the number of those that have none.
        let reserve = canvas.width(of: " +99", size: size, bold: true)
        for mark in marks {
            let text = canvas.fitting(mark.text, into: Self.widest, size: size, bold: true)
            let width = canvas.width(of: text, size: size, bold: true) + reserve
            let start = max(left, min(mark.x - 10, right - width))
            if let lane = free.firstIndex(where: { $0 <= start }) {
                labels.append(Label(text: text, x: start, lane: lane))
                counts.append(0)
                free[lane] = start + width + Self.gap
            } else if !counts.isEmpty {
                counts[counts.count - 1] += 1
            }
        }
        for (index, count) in counts.enumerated() where count > 0 { labels[index].text += " +\(count)" }
    }
}
