import FoundationEssentials

/// How GlitchTip cuts a list into pages.
struct Paging {
    enum Order: String { case lastSeen = "last_seen", firstSeen = "first_seen", count, priority }

    let limit: Int
    let cursor: Cursor?

    struct Cursor {
        /// The value that the last row of the page before had.
        let position: String
        let isBackward: Bool

        init(position: String, isBackward: Bool) {
            self.position = position
            self.isBackward = isBackward
        }

        init?(text: String) {
            guard let data = Data(base64Encoded: text) else { return nil }
            let fields = PercentCode.pairs(String(decoding: data, as: UTF8.self))
            guard let position = fields.first(where: { $0.name == "p" })?.value else { return nil }
            self.position = position
            isBackward = fields.contains { $0.name == "r" && $0.value == "1" }
        }

        var text: String {
            let fields = (isBackward ? "r=1&" : "") + "p=" + PercentCode.encoded(position)
            return Data(fields.utf8).base64EncodedString()
        }
    }

    init(_ question: Question) throws(Denied) {
        guard let limit = Int(question.value("limit") ?? "50") else {
            throw .invalid(
                Denied.detail(
                    "int_parsing", ["query", "limit"],
                    "Input should be a valid integer, unable to parse string as an integer"))
        }
        self.limit = limit == 0 ? 50 : min(100, max(0, limit))
        if let text = question.value("cursor") {
            guard let cursor = Cursor(text: text) else {
                throw .invalid(
                    Denied.detail(
                        "value_error", ["query", "cursor"], "Value error, Invalid cursor.",
                        context: ["error": "Invalid cursor."]))
            }
            self.cursor = cursor
        } else {
            cursor = nil
        }
    }

    /// One page of rows that are in order already.
    struct Page {
        let rows: [JSON]
        let hits: Int
        let previous: Cursor?
        let next: Cursor?
        var headers: [(String, String)] = []
        let question: Question

        var answer: Answer {
            .json(
                200, .array(rows),
                headers: [("Link", link), ("X-Max-Hits", "1000"), ("X-Hits", String(min(1000, hits)))] + headers)
        }

        /// A Python set, printed: braces and a quote around everything.
        private var link: String {
            "{'\(part("previous", previous)), \(part("next", next))'}"
        }

        private func part(_ name: String, _ cursor: Cursor?) -> String {
            var query = question.query.filter { $0.name != "cursor" }
            if let cursor { query.append((name: "cursor", value: cursor.text)) }
            let text = query.sorted { $0.name < $1.name }
                .map { "\(PercentCode.encoded($0.name))=\(PercentCode.encoded($0.value))" }.joined(separator: "&")
            let url =
                "http://\(question.header("Host") ?? "localhost")\(question.path)\(text.isEmpty ? "" : "?" + text)"
            return "<\(url)>; rel=\"\(name)\"; results=\"\(cursor != nil)\""
                + (cursor.map { "; cursor=\"\($0.text)\"" } ?? "")
        }
    }

    /// Cuts a page out of rows in their order. `position` is what the order goes by; rows that share one can be lost.
    func page<Row>(
        _ rows: [Row], isDescending: Bool, _ question: Question, position: (Row) -> String, wire: (Row) -> JSON
    ) -> Page {
        var start = 0
        var end = rows.count
        if let cursor {
            let comesAfter = { (row: Row) in
                isDescending ? position(row) < cursor.position : position(row) > cursor.position
            }
            let first = rows.firstIndex(where: comesAfter) ?? rows.count
            if cursor.isBackward {
                end = rows.firstIndex { position($0) == cursor.position } ?? first
                start = max(0, end - limit)
            } else {
                start = first
            }
        }
        end = min(end, start + limit)
        let shown = rows[start..<max(start, end)]
        return Page(
            rows: shown.map(wire), hits: rows.count,
            previous: start > 0 ? shown.first.map { Cursor(position: position($0), isBackward: true) } : nil,
            next: end < rows.count ? shown.last.map { Cursor(position: position($0), isBackward: false) } : nil,
            question: question)
    }
}

extension StandInGlitchTip {
    func page(
        _ found: [StoredIssue], _ call: RoutedCall, order: Paging.Order, isDescending: Bool, paging: Paging? = nil,
        matching: String? = nil
    ) -> Paging.Page {
        let key = { (issue: StoredIssue) -> Double in
            switch order {
            case .lastSeen: issue.lastSeen.timeIntervalSince1970
            case .firstSeen: issue.firstSeen.timeIntervalSince1970
            case .count: Double(issue.count)
            case .priority: issue.lastSeen.timeIntervalSince1970 / 10_000 + Double(issue.count).squareRoot()
            }
        }
        // Rows with equal counts come in any order, another one each time: nobody can page through them.
        let turn = order == .count ? requests.count : 0
        let tie = { (issue: StoredIssue) in (issue.id &* 7919 &+ turn &* 104_729) % 1_000_003 }
        let rows = found.sorted { left, right in
            let (a, b) = (key(left), key(right))
            return a == b ? tie(left) < tie(right) : isDescending ? a > b : a < b
        }
        let fallback = Paging(limit: 50, cursor: nil)
        return (paging ?? fallback).page(rows, isDescending: isDescending, call.question) { issue in
            Self.sortable(key(issue))
        } wire: {
            wire($0, matching: matching)
        }
    }

    /// A number as text whose alphabetical order is the numerical one.
    static func sortable(_ number: Double) -> String {
        let digits = String(Int((number * 1_000_000).rounded()))
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }
}

extension Paging {
    init(limit: Int, cursor: Cursor?) {
        self.limit = limit
        self.cursor = cursor
    }
}
