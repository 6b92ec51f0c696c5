extension EventsChart {
    /// As a chat shows it across a phone's width: large letters, a background of its own for light and dark themes.
    package func png() throws(ChartError) -> [UInt8] {
        let canvas = try Canvas(width: 1200, height: 675)
        canvas.fill(x: 0, y: 0, width: canvas.width, height: canvas.height, .paper)
        head(canvas)
        let scale = Scale(highest: (bars + before).max() ?? 0)
        let plot = plot(scale, canvas)
        grid(scale, plot, canvas)
        // Behind the bars, of which nothing is to be hidden.
        for mark in marks {
            let x = plot.x(mark.position)
            canvas.line(fromX: x, y: plot.top - 48, toX: x, y: plot.foot, width: 3, .mark, dash: [9, 7])
        }
        bars(scale, plot, canvas)
        axis(plot, canvas)
        names(of: marks, plot, canvas)
        peak(scale, plot, canvas)
        return try canvas.png()
    }

    /// Where the bars stand.
    private struct Plot {
        let left: Double
        let right: Double
        let top: Double
        let foot: Double
        let count: Int

        var slot: Double { (right - left) / Double(max(1, count)) }

        func x(_ position: Double) -> Double { min(right, max(left, left + position * slot)) }

        func height(_ value: Int, _ scale: Scale) -> Double {
            guard value > 0 else { return 0 }
            // One event beside a hundred thousand is to be seen as well.
            return max(4, Double(value) / Double(scale.top) * (foot - top))
        }
    }

    private static let margin = 44.0
    private static let small = 28.0

    private func plot(_ scale: Scale, _ canvas: Canvas) -> Plot {
        let numbers = scale.lines.map { canvas.width(of: Scale.label($0), size: Self.small) }.max() ?? 0
        return Plot(
            left: Self.margin + numbers + 16, right: canvas.width - Self.margin, top: marks.isEmpty ? 200 : 292,
            foot: canvas.height - 78, count: bars.count)
    }

    private func head(_ canvas: Canvas) {
        let room = canvas.width - 2 * Self.margin
        canvas.write(
            canvas.fitting(title, into: room, size: 44, bold: true), x: Self.margin, baseline: 74, size: 44, .text,
            bold: true)
        var x = Self.margin
        for (text, ink) in [(legend, Ink.now), (legendBefore, Ink.before)] where !text.isEmpty {
            canvas.fill(x: x, y: 106, width: 26, height: 26, ink)
            let shown = canvas.fitting(text, into: room / 2 - 80, size: 30)
            canvas.write(shown, x: x + 38, baseline: 130, size: 30, .text)
            x += 38 + canvas.width(of: shown, size: 30) + 48
        }
    }

    private func grid(_ scale: Scale, _ plot: Plot, _ canvas: Canvas) {
        for value in scale.lines {
            let y = plot.foot - Double(value) / Double(scale.top) * (plot.foot - plot.top)
            canvas.line(fromX: plot.left, y: y, toX: plot.right, y: y, width: 2, .grid)
            canvas.write(
                Scale.label(value), x: plot.left - 14, baseline: y + 10, size: Self.small, .faint, anchor: .end)
        }
    }

    /// The time before is as wide as its place, ours stands narrower before it: both can be seen wherever they overlap.
    private func bars(_ scale: Scale, _ plot: Plot, _ canvas: Canvas) {
        let gap = min(6, plot.slot * 0.12)
        for index in bars.indices {
            let x = plot.x(Double(index))
            if before.indices.contains(index), before[index] > 0 {
                canvas.bar(
                    x: x + gap / 2, foot: plot.foot, width: plot.slot - gap, height: plot.height(before[index], scale),
                    .before)
            }
            if bars[index] > 0 {
                let width = (plot.slot - gap) * 0.58
                canvas.bar(
                    x: x + (plot.slot - width) / 2, foot: plot.foot, width: width,
                    height: plot.height(bars[index], scale), .now)
            }
        }
    }

    private func axis(_ plot: Plot, _ canvas: Canvas) {
        canvas.line(fromX: plot.left, y: plot.foot, toX: plot.right, y: plot.foot, width: 3, .axis)
        var free = 0.0
        for label in labels where (0...bars.count).contains(label.bar) {
            let x = plot.x(Double(label.bar))
            let width = canvas.width(of: label.text, size: Self.small)
            let start = min(x - width / 2, canvas.width - 8 - width)
            guard start >= free else { continue }
            canvas.line(fromX: x, y: plot.foot, toX: x, y: plot.foot + 10, width: 3, .axis)
            canvas.write(label.text, x: start, baseline: plot.foot + 46, size: Self.small, .faint)
            free = start + width + 20
        }
        if bars.allSatisfy({ $0 == 0 }) {
            canvas.write(
                "No events", x: (plot.left + plot.right) / 2, baseline: (plot.top + plot.foot) / 2, size: 40, .faint,
                anchor: .middle)
        }
    }

    private func names(of marks: [Mark], _ plot: Plot, _ canvas: Canvas) {
        for mark in marks { canvas.pointer(x: plot.x(mark.position), y: plot.top - 44, size: 10, .mark) }
        let placed = MarkLabels(
            marks.map { (x: plot.x($0.position), text: $0.text) }, from: plot.left, to: plot.right, size: Self.small,
            canvas)
        for label in placed.labels {
            canvas.write(
                label.text, x: label.x, baseline: plot.top - (label.lane == 0 ? 68 : 104), size: Self.small, .mark,
                bold: true)
        }
    }

    /// The highest bar says its number.
    private func peak(_ scale: Scale, _ plot: Plot, _ canvas: Canvas) {
        guard let highest = bars.max(), highest > 0, let index = bars.firstIndex(of: highest) else { return }
        let text = Scale.exact(highest)
        let half = canvas.width(of: text, size: 30, bold: true) / 2
        let x = min(max(plot.x(Double(index) + 0.5), plot.left + half), plot.right - half)
        let y = plot.foot - plot.height(highest, scale)
        canvas.fill(x: x - half - 6, y: y - 40, width: 2 * half + 12, height: 34, .paper)
        canvas.write(text, x: x, baseline: y - 13, size: 30, .now, bold: true, anchor: .middle)
    }
}
