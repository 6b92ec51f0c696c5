import FoundationEssentials

/// How GlitchTip cuts a list into pages: by the position of a row in the order, and by how many rows share it.
struct Paging {
    let limit: Int
    let cursor: Cursor?

    /// What the order goes by, as GlitchTip writes it into a cursor.
    enum Position: Comparable {
        case number(Double)
        case text(String)

        var text: String {
            switch self {
            case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
            case .text(let text): text
            }
        }
    }

    struct Cursor {
        var position: String?
        var offset = 0
        var isBackward = false

        init(position: String?, offset: Int, isBackward: Bool) {
            self.position = position
            self.offset = offset
            self.isBackward = isBackward
        }

        init?(text: String) {
            guard let data = Data(base64Encoded: text) else { return nil }
            for (name, value) in PercentCode.pairs(String(decoding: data, as: UTF8.self)) {
                switch name {
                case "p": position = value
                case "o": offset = max(0, Int(value) ?? 0)
                case "r": isBackward = value == "1"
                default: break
                }
            }
        }

        var text: String {
            var fields: [String] = []
            if offset > 0 { fields.append("o=\(offset)") }
            if isBackward { fields.append("r=1") }
            if let position { fields.append("p=" + PercentCode.encoded(position).replacing("%20", with: "+")) }
            return Data(fields.joined(separator: "&").utf8).base64EncodedString()
        }
    }

    init(limit: Int = 50) {
        self.limit = limit
        cursor = nil
    }

    init(_ question: Question) throws(Denied) {
        guard let limit = Int(question.value("limit") ?? "50") else {
            throw .invalid(
                Denied.detail(
                    "int_parsing", ["query", "limit"],
                    "Input should be a valid integer, unable to parse string as an integer"))
        }
        self.limit = limit == 0 ? 50 : min(100, limit)
        cursor = question.value("cursor").flatMap(Cursor.init)
        if question.value("cursor") != nil, cursor == nil {
            throw .invalid(
                Denied.detail(
                    "value_error", ["query", "cursor"], "Value error, Invalid cursor.",
                    context: ["error": "Invalid cursor."]))
        }
    }

    /// One page of rows that are in their order already.
    func page<Row>(
        _ rows: [Row], isDescending: Bool, _ question: Question, at position: (Row) -> Position, wire: (Row) -> JSON
    ) -> IssuePage {
        guard limit > 0 else {
            // Nothing, and there is always more of it.
            let next = rows.first.map { Cursor(position: position($0).text, offset: 0, isBackward: false) }
            return IssuePage(rows: [], hits: rows.count, previous: nil, next: next, question: question)
        }
        let isBackward = cursor?.isBackward ?? false
        var candidates = isBackward ? rows.reversed() : rows
        if let text = cursor?.position {
            candidates = candidates.filter { row in
                let place = position(row)
                let edge: Position = if case .number = place { .number(Double(text) ?? 0) } else { .text(text) }
                return isBackward == isDescending ? place > edge : place < edge
            }
        }
        let rest = candidates.dropFirst(cursor?.offset ?? 0)
        var shown = Array(rest.prefix(limit))
        let beyond = rest.count > shown.count ? rest.dropFirst(limit).first.map(position) : nil
        let cameFrom = cursor?.position
        let hasComeFar = cursor.map { $0.position != nil || $0.offset > 0 } ?? false
        if isBackward { shown.reverse() }
        let places = shown.map { position($0).text }
        let edges = Edges(
            places: places, hasNext: isBackward ? hasComeFar : beyond != nil,
            hasPrevious: isBackward ? beyond != nil : hasComeFar, next: isBackward ? cameFrom : beyond?.text,
            previous: isBackward ? beyond?.text : cameFrom, cursor: cursor, limit: limit)
        return IssuePage(
            rows: shown.map(wire), hits: rows.count, previous: edges.hasPrevious ? edges.toPrevious : nil,
            next: edges.hasNext ? edges.toNext : nil, question: question)
    }

    /// The places just outside of a page, and the cursors that lead there, as Django's framework makes them: rows that
    /// share a place with a neighbouring page are counted, which goes wrong when their order changes meanwhile.
    private struct Edges {
        let places: [String]
        let hasNext: Bool
        let hasPrevious: Bool
        let next: String?
        let previous: String?
        let cursor: Cursor?
        let limit: Int

        var toNext: Cursor {
            let start = cursor.map { $0.isBackward && $0.offset != 0 } == true ? places.last : next
            if let (offset, place) = count(places.reversed(), sharing: start) {
                return Cursor(position: place, offset: offset, isBackward: false)
            }
            if !hasPrevious { return Cursor(position: nil, offset: limit, isBackward: false) }
            if cursor?.isBackward == true { return Cursor(position: previous, offset: 0, isBackward: false) }
            return Cursor(position: previous, offset: (cursor?.offset ?? 0) + limit, isBackward: false)
        }

        var toPrevious: Cursor {
            let start = cursor.map { !$0.isBackward && $0.offset != 0 } == true ? places.first : previous
            if let (offset, place) = count(places, sharing: start) {
                return Cursor(position: place, offset: offset, isBackward: true)
            }
            if !hasNext { return Cursor(position: nil, offset: limit, isBackward: true) }
            if cursor?.isBackward == true {
                return Cursor(position: next, offset: (cursor?.offset ?? 0) + limit, isBackward: true)
            }
            return Cursor(position: next, offset: 0, isBackward: true)
        }

        /// How many rows from this end share the place, and the first other place; nil when all do.
        private func count(_ places: [String], sharing place: String?) -> (Int, String)? {
            guard let index = places.firstIndex(where: { $0 != place }) else { return nil }
            return (index, places[index])
        }
    }
}

/// A page of any list, with GlitchTip's headers.
struct IssuePage {
    let rows: [JSON]
    let hits: Int
    let previous: Paging.Cursor?
    let next: Paging.Cursor?
    var headers: [(String, String)] = []
    let question: Question

    var answer: Answer {
        .json(
            200, .array(rows),
            headers: [("Link", link), ("X-Max-Hits", "1000"), ("X-Hits", String(min(1000, hits)))] + headers)
    }

    /// A Python set, printed: braces and a quote around everything.
    private var link: String { "{'\(part("previous", previous)), \(part("next", next))'}" }

    private func part(_ name: String, _ cursor: Paging.Cursor?) -> String {
        let host = "http://\(question.header("Host") ?? "localhost")"
        guard let cursor else { return "<\(host)\(question.uri)>; rel=\"\(name)\"; results=\"false\"" }
        let query = question.query.filter { $0.name != "cursor" } + [(name: "cursor", value: cursor.text)]
        let text = query.sorted { $0.name < $1.name }
            .map { "\(PercentCode.encoded($0.name))=\(PercentCode.encoded($0.value))" }.joined(separator: "&")
            .replacing("%20", with: "+")
        return "<\(host)\(question.path)?\(text)>; rel=\"\(name)\"; results=\"true\"; cursor=\"\(cursor.text)\""
    }
}
