import Domain
import FoundationEssentials

/// An event in any of its three spellings.
struct WireEvent: Decodable {
    let event: Event

    private enum Key: String, CodingKey {
        case id, eventID, event_id, groupID, group_id, dateCreated, date_created, timestamp, title, message, platform
        case culprit, transaction, tags, entries, exception, breadcrumbs, request, context, extra, metadata
        case release, environment, logentry
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ keys: Key...) -> String? {
            for key in keys {
                if let found = try? fields.decodeIfPresent(Loose.self, forKey: key), let text = found.text {
                    return text
                }
            }
            return nil
        }
        let entries = (try? fields.decodeIfPresent(Lenient<WireEntry>.self, forKey: .entries))?.items ?? []
        var exceptions = entries.flatMap(\.exceptions)
        if exceptions.isEmpty {
            exceptions = (try? fields.decode(WireExceptions.self, forKey: .exception))?.exceptions ?? []
        }
        var breadcrumbs = entries.flatMap(\.breadcrumbs)
        if breadcrumbs.isEmpty {
            breadcrumbs = (try? fields.decode(WireBreadcrumbs.self, forKey: .breadcrumbs))?.breadcrumbs ?? []
        }
        let request =
            entries.compactMap(\.request).first
            ?? (try? fields.decodeIfPresent(WireRequest.self, forKey: .request))?.request
        let logEntry = (try? fields.decodeIfPresent(WireMessage.self, forKey: .logentry))?.text
        let message = text(.message) ?? entries.compactMap(\.message).first ?? logEntry ?? ""
        var tags = (try? fields.decodeIfPresent(WireTags.self, forKey: .tags))?.tags ?? []
        for (key, name) in [(Key.release, "release"), (Key.environment, "environment")]
        where !tags.contains(where: { $0.key == name }) {
            if let value = text(key) { tags.append(Tag(key: name, value: value)) }
        }
        let last = exceptions.last.map { $0.value.isEmpty ? $0.type : "\($0.type): \($0.value)" }
        event = Event(
            id: text(.eventID, .event_id, .id) ?? "", issue: text(.groupID, .group_id).flatMap { Issue.ID(text: $0) },
            date: text(.dateCreated, .date_created, .timestamp).flatMap(Self.date),
            title: text(.title) ?? last ?? message, message: message, platform: text(.platform),
            transaction: text(.culprit, .transaction).flatMap { $0.isEmpty ? nil : $0 }, exceptions: exceptions,
            breadcrumbs: breadcrumbs,
            request: request, tags: tags,
            extra: (try? fields.decodeIfPresent(WireExtra.self, forKey: .context))?.values
                ?? (try? fields.decodeIfPresent(WireExtra.self, forKey: .extra))?.values ?? [:])
    }

    /// A moment as text, or seconds since 1970 as SDKs may send it; nil for what is in no calendar, such as 1e300.
    static func date(_ text: String) -> Date? {
        if let date = WireDate.parse(text) { return date }
        guard let seconds = Double(text), (0..<4_102_444_800).contains(seconds) else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }
}

/// One of `entries`: what it holds depends on its type.
private struct WireEntry: Decodable {
    var exceptions: [Exception] = []
    var breadcrumbs: [Event.Breadcrumb] = []
    var request: Event.Request?
    var message: String?

    private enum Key: String, CodingKey { case type, data }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(String.self, forKey: .type) {
        case "exception": exceptions = try fields.decode(WireExceptions.self, forKey: .data).exceptions
        case "breadcrumbs": breadcrumbs = try fields.decode(WireBreadcrumbs.self, forKey: .data).breadcrumbs
        case "request": request = try fields.decode(WireRequest.self, forKey: .data).request
        case "message": message = try fields.decode(WireMessage.self, forKey: .data).text
        default: break
        }
    }
}

private struct WireMessage: Decodable {
    let formatted: Loose?
    let message: Loose?

    var text: String? { formatted?.text ?? message?.text }
}

/// `{"values": […]}`, or the bare list of old SDKs.
private struct WireExceptions: Decodable {
    let exceptions: [Exception]

    private enum Key: String, CodingKey { case values }

    init(from decoder: any Decoder) throws {
        let list: Lenient<WireException>
        if let fields = try? decoder.container(keyedBy: Key.self) {
            list = try fields.decode(Lenient<WireException>.self, forKey: .values)
        } else {
            list = try Lenient<WireException>(from: decoder)
        }
        exceptions = list.items.map(\.exception)
    }
}

private struct WireException: Decodable {
    let type: Loose?
    let value: Loose?
    let stacktrace: Trace?

    struct Trace: Decodable { let frames: Lenient<WireFrame>? }

    var exception: Exception {
        Exception(
            type: type?.text ?? "", value: value?.text ?? "", frames: stacktrace?.frames?.items.map(\.frame) ?? [])
    }
}

private struct WireFrame: Decodable {
    let frame: Frame

    private enum Key: String, CodingKey {
        case filename, absPath, abs_path, function, module, lineNo, lineno, colNo, colno, inApp, in_app, context
        case context_line, contextLine
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ keys: Key...) -> String? {
            keys.lazy.compactMap { (try? fields.decodeIfPresent(Loose.self, forKey: $0))?.text }.first
        }
        let line = fields.first(.lineNo, .lineno, as: WireNumber.self)?.value
        let path = text(.absPath, .abs_path)
        frame = Frame(
            filename: text(.filename) ?? path ?? "", absolutePath: path, function: text(.function),
            module: text(.module), line: line, column: fields.first(.colNo, .colno, as: WireNumber.self)?.value,
            isInApp: fields.first(.inApp, .in_app),
            contextLine: text(.context_line, .contextLine)
                ?? fields.first(.context, as: Lenient<WireLine>.self)?.items.first { $0.number == line }?.text)
    }
}

/// A line of code around the failing one: a pair of its number and its text.
private struct WireLine: Decodable {
    let number: Int
    let text: String?

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        number = try pair.decode(Int.self)
        text = try pair.decodeIfPresent(String.self)
    }
}

private struct WireBreadcrumbs: Decodable {
    let breadcrumbs: [Event.Breadcrumb]

    private enum Key: String, CodingKey { case values }

    init(from decoder: any Decoder) throws {
        let list: Lenient<Crumb>
        if let fields = try? decoder.container(keyedBy: Key.self) {
            list = try fields.decode(Lenient<Crumb>.self, forKey: .values)
        } else {
            list = try Lenient<Crumb>(from: decoder)
        }
        breadcrumbs = list.items.map { crumb in
            Event.Breadcrumb(
                date: crumb.timestamp?.text.flatMap(WireEvent.date), category: crumb.category?.text,
                message: crumb.message?.text ?? "", level: crumb.level?.text)
        }
    }

    struct Crumb: Decodable {
        let timestamp: Loose?
        let category: Loose?
        let message: Loose?
        let level: Loose?
    }
}

private struct WireRequest: Decodable {
    let method: Loose?
    let url: Loose?
    let headers: WireTags?
    let query: WireTags?
    let query_string: WireTags?

    var request: Event.Request {
        Event.Request(
            method: method?.text, url: url?.text, headers: headers?.tags ?? [],
            query: query?.tags ?? query_string?.tags ?? [])
    }
}

/// Keys and values as GlitchTip writes them, `[{"key", "value"}]`, or as SDKs do: pairs, or an object.
private struct WireTags: Decodable {
    let tags: [Tag]

    init(from decoder: any Decoder) throws {
        if let list = try? Lenient<Pair>(from: decoder) {
            tags = list.items.map { Tag(key: $0.key, value: $0.value) }
        } else if let object = try? [String: Loose](from: decoder) {
            tags = object.map { Tag(key: $0.key, value: $0.value.text ?? "") }.sorted { $0.key < $1.key }
        } else {
            tags = []
        }
    }

    private struct Pair: Decodable {
        let key: String
        let value: String

        private enum Key: String, CodingKey { case key, value }

        init(from decoder: any Decoder) throws {
            if let fields = try? decoder.container(keyedBy: Key.self) {
                key = try fields.decode(String.self, forKey: .key)
                value = (try? fields.decode(Loose.self, forKey: .value))?.text ?? ""
            } else {
                var fields = try decoder.unkeyedContainer()
                key = try fields.decode(String.self)
                value = (try? fields.decode(Loose.self))?.text ?? ""
            }
        }
    }
}

/// The SDK's `extra`: plain values as text; what is nested is left out.
private struct WireExtra: Decodable {
    let values: [String: String]

    init(from decoder: any Decoder) throws {
        values = try [String: Loose](from: decoder).compactMapValues(\.text)
    }
}
