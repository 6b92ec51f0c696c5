import Domain

extension Tracing {
    /// Where a frame is in its file at this revision, which may be a little older or newer than the program that failed.
    struct Place: Sendable, Hashable {
        var line: Int?
        /// Known without the line when the line is in another function by now.
        var function: ClosedRange<Int>?
        /// In words, when the line is elsewhere than the event says.
        var moved: String?

        init() {}

        init(of lead: Lead, in text: SourceText) {
            let name = Self.name(of: lead.frame)
            find(lead, name, in: text)
            if let line { function = text.function(around: line, named: name) }
        }

        /// By the text of the line, else by the function's name and what it called.
        private mutating func find(_ lead: Lead, _ name: String?, in text: SourceText) {
            guard let told = lead.frame.line, told > 0 else { return }
            if let context = lead.frame.contextLine.map(Self.squeezed), context.utf8.count > 3 {
                if Self.squeezed(text.line(told)) == context { return line = told }
                if let found = text.nearest(to: told, where: { Self.squeezed($0) == context }) {
                    return move(to: found, from: told)
                }
            }
            let callee = lead.callee.map(bareName).flatMap { $0.utf8.count > 2 ? $0 : nil }
            if let home = name.flatMap({ text.home(of: $0, awayFrom: told) }) {
                if let call = callee.flatMap({ text.lines(with: $0).first(where: home.dropFirst().contains) }) {
                    return move(to: call, from: told)
                }
                function = home
                moved = "line \(told) in the event, between lines \(home.lowerBound) and \(home.upperBound) here"
            } else if let call = callee.flatMap({ Self.call(of: $0, near: told, in: text) }) {
                move(to: call, from: told)
            } else if told <= text.count {
                line = told
            } else {
                moved = "the file has \(text.count) lines here, not \(told)"
            }
        }

        private mutating func move(to found: Int, from told: Int) {
            line = found
            if found != told { moved = "line \(told) in the event, line \(found) here" }
        }

        /// The line itself when the call is there or next to it, else the nearest one that makes the call.
        private static func call(of callee: String, near line: Int, in text: SourceText) -> Int? {
            guard line <= text.count + drift else { return nil }
            let mentions = { (text: String) in calls(callee, in: text) }
            if text.nearest(to: line, reach: 4, where: mentions) != nil { return line <= text.count ? line : nil }
            return text.nearest(to: line, reach: drift, where: mentions)
        }

        private static func calls(_ name: String, in text: String) -> Bool {
            var rest = text[...]
            while let place = rest.range(ofWord: name) {
                rest = rest[place.upperBound...]
                if rest.first == "(" { return true }
            }
            return false
        }

        private static let drift = 40

        private static func squeezed(_ line: String) -> String {
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        /// What the text may define it as; nil for a block without a name.
        private static func name(of frame: Frame) -> String? {
            guard let function = frame.function, !function.contains("<") else { return nil }
            let name = bareName(function)
            return name.utf8.count > 1 ? name : nil
        }
    }
}
