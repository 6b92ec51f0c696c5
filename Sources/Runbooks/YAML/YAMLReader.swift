import CYAML

/// Reads one document of plain YAML with libyaml's event parser.
///
/// What a file could use to make much out of little, or code out of text, is refused: aliases, anchors, merge keys, tags.
/// Depth and number of values are bounded.
struct YAMLReader: ~Copyable {
    private static let deepest = 12
    private static let most = 5000

    /// On the heap: libyaml keeps its address.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let firstLine: Int
    private var count = 0

    /// - Parameter firstLine: the line of the file on which the text begins.
    static func read(_ text: String, firstLine: Int = 1) throws(YAMLMistake) -> YAMLNode {
        // The bytes must stay where they are while libyaml reads them.
        let bytes = Array(text.utf8)
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<YAMLNode, YAMLMistake> in
            Result { () throws(YAMLMistake) in
                var reader = try YAMLReader(buffer, firstLine: firstLine)
                return try reader.document()
            }
        }
        return try result.get()
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) throws(YAMLMistake) {
        self.firstLine = firstLine
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLMistake(line: firstLine, "there is no memory to read it")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private mutating func document() throws(YAMLMistake) -> YAMLNode {
        _ = try next()  // the stream
        guard case .documentStart = try next().kind else {
            return YAMLNode(line: firstLine, content: .scalar("", isPlain: true))
        }
        let node = try value(try next(), depth: 0)
        _ = try next()  // the document's end
        let end = try next()
        guard case .streamEnd = end.kind else {
            throw YAMLMistake(line: end.line, "it holds more than one YAML document", advice: "Keep one.")
        }
        return node
    }

    private mutating func value(_ event: Event, depth: Int) throws(YAMLMistake) -> YAMLNode {
        count += 1
        guard count <= Self.most else { throw YAMLMistake(line: event.line, "it holds more than \(Self.most) values") }
        guard depth <= Self.deepest else {
            throw YAMLMistake(line: event.line, "it is nested more than \(Self.deepest) deep")
        }
        switch event.kind {
        case .scalar(let text, let isPlain):
            return YAMLNode(line: event.line, content: .scalar(text, isPlain: isPlain))
        case .sequenceStart:
            var items: [YAMLNode] = []
            while true {
                let event = try next()
                if case .end = event.kind { break }
                items.append(try value(event, depth: depth + 1))
            }
            return YAMLNode(line: event.line, content: .sequence(items))
        case .mappingStart:
            return YAMLNode(line: event.line, content: .mapping(try entries(depth: depth)))
        case .documentStart, .streamEnd, .end, .other:
            throw YAMLMistake(line: event.line, "a value is missing")
        }
    }

    private mutating func entries(depth: Int) throws(YAMLMistake) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try next()
            if case .end = event.kind { return entries }
            guard case .scalar(let key, _) = event.kind else {
                throw YAMLMistake(line: event.line, "a key must be plain text", advice: "Write “key: value”.")
            }
            if let first = lines.updateValue(event.line, forKey: key) {
                throw YAMLMistake(
                    line: event.line, "“\(key)” stands here twice, first in line \(first)", advice: "Keep one of them.")
            }
            entries.append(.init(key: key, line: event.line, value: try value(try next(), depth: depth + 1)))
        }
    }

    // MARK: libyaml

    /// What libyaml found, copied out of its memory.
    private struct Event {
        let line: Int
        let kind: Kind

        enum Kind {
            case documentStart, streamEnd, sequenceStart, mappingStart, other
            /// Of a sequence or a mapping; libyaml sees to it that they pair.
            case end
            case scalar(String, isPlain: Bool)
        }
    }

    private func next() throws(YAMLMistake) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw mistake() }
        defer { yaml_event_delete(&event) }
        let line = firstLine + event.start_mark.line
        return Event(line: line, kind: try kind(of: event, line))
    }

    private func kind(of event: yaml_event_t, _ line: Int) throws(YAMLMistake) -> Event.Kind {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_ALIAS_EVENT:
            throw YAMLMistake(line: line, "aliases (*name) are not read here", advice: "Write the value itself.")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(anchor: scalar.anchor, tag: scalar.tag, line)
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            try refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, line)
            return .sequenceStart
        case YAML_MAPPING_START_EVENT:
            try refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, line)
            return .mappingStart
        default: return .other
        }
    }

    private func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, _ line: Int
    ) throws(YAMLMistake) {
        if anchor != nil {
            throw YAMLMistake(
                line: line, "anchors (&name) are not read here",
                advice: "Write the value itself; one that begins with & needs quotes.")
        }
        if tag != nil { throw Self.tagged(line) }
    }

    private static func tagged(_ line: Int) -> YAMLMistake {
        YAMLMistake(
            line: line, "tags (!name) are not read here",
            advice: "Write the value itself; one that begins with ! needs quotes.")
    }

    /// libyaml's complaint in words that help.
    private func mistake() -> YAMLMistake {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        let line = firstLine + parser.pointee.problem_mark.line
        // Where the thing began that went wrong.
        let start = firstLine + parser.pointee.context_mark.line
        switch problem {
        case "mapping values are not allowed in this context":
            return YAMLMistake(
                line: line, "a colon stands where a value cannot begin",
                advice: "Put a value that holds “: ” in quotes, and indent this line like those around it.")
        case "found character that cannot start any token":
            return YAMLMistake(
                line: line, "a value begins with a sign that YAML keeps for itself, or the line with a tab",
                advice: "Put the value in quotes, and write spaces for tabs.")
        case "found a tab character that violates indentation":
            return YAMLMistake(line: line, "the line begins with a tab", advice: "Write spaces.")
        case "found unexpected end of stream":
            return YAMLMistake(line: start, "a quote is not closed", advice: "Write a ' as '' within single quotes.")
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'",
            "did not find expected node content":
            return YAMLMistake(
                line: start, "a list or a group of keys is not closed",
                advice: "Close [ with ] and { with }; in them, put a value with a comma or a bracket in quotes.")
        case "found undefined tag handle": return Self.tagged(line)
        case "could not find expected ':'", "did not find expected key", "did not find expected '-' indicator":
            return YAMLMistake(
                line: line, "this line does not fit the one above",
                advice: "Write “key: value”, indented like the lines around it.")
        default: return YAMLMistake(line: line, "this is no YAML: \(problem)")
        }
    }
}
