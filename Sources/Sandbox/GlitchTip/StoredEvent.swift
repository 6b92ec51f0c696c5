import Domain
import FoundationEssentials

extension StandInGlitchTip {
    /// An event as the stand-in keeps it: the body of `/events/latest/` without what depends on its neighbours.
    struct StoredEvent {
        let id: String
        let received: Date
        let body: JSON

        var tags: [(key: String, value: String)] {
            (body["tags"]?.array ?? []).compactMap { tag in
                guard let key = tag["key"]?.string, let value = tag["value"]?.string else { return nil }
                return (key, value)
            }
        }

        /// As lists have it: other keys, and the request's too.
        var listed: JSON {
            var fields = body.object ?? [:]
            for (camel, snake) in [
                ("eventID", "event_id"), ("projectID", "project_id"), ("groupID", "group_id"),
                ("dateCreated", "date_created"), ("dateReceived", "date_received"),
            ] { fields[snake] = fields.removeValue(forKey: camel) }
            fields["entries"] = .array((fields["entries"]?.array ?? []).map(Self.listed))
            return .object(fields)
        }

        private static func listed(_ entry: JSON) -> JSON {
            guard entry["type"] == "request", var data = entry["data"]?.object else { return entry }
            for (camel, snake) in [
                ("apiTarget", "api_target"), ("bodySize", "body_size"), ("query", "query_string"),
                ("inferredContentType", "inferred_content_type"),
            ] { data[snake] = data.removeValue(forKey: camel) }
            return entry.merging(["data": .object(data)])
        }
    }
}

extension Event {
    /// As GlitchTip answers it, for an issue and a project.
    func wire(issue: Int, project: Project, received: Date) -> JSON {
        let kind = exceptions.isEmpty ? "default" : "error"
        let created = WireTime.text(date ?? received)
        return [
            "platform": .optional(platform ?? project.platform), "errors": nil, "id": .string(id),
            "eventID": .string(id), "projectID": .int(project.id), "groupID": .string(String(issue)),
            "dateCreated": created, "dateReceived": WireTime.text(received), "dist": nil,
            "culprit": .string(transaction ?? ""), "packages": nil, "type": .string(kind),
            "message": .string(message.isEmpty ? title : message),
            "metadata": metadata, "tags": .array(tags.map { ["key": .string($0.key), "value": .string($0.value)] }),
            "entries": .array(entries), "contexts": [:],
            "context": extra.isEmpty
                ? nil : .object(extra.mapValues { (try? JSON(parsing: Array($0.utf8))) ?? .string($0) }),
            "user": user, "sdk": sdk(platform ?? project.platform), "title": .string(StandInGlitchTip.cut(title)),
        ]
    }

    /// What GlitchTip shows of the last exception beside an issue's title.
    var metadata: JSON {
        guard let last = exceptions.last else { return ["title": .string(StandInGlitchTip.cut(title))] }
        var fields: [String: JSON] = ["type": .string(last.type), "value": .string(String(last.value.prefix(1024)))]
        if let crash = last.frames.last(where: { $0.isInApp == true }) ?? last.frames.last {
            fields["filename"] = .string(crash.filename)
            if let function = crash.function { fields["function"] = .string(function) }
        }
        return .object(fields)
    }

    private var entries: [JSON] {
        var entries: [JSON] = []
        if !exceptions.isEmpty {
            entries.append([
                "type": "exception", "data": ["values": .array(exceptions.map(\.wire)), "hasSystemFrames": true],
            ])
        }
        if !breadcrumbs.isEmpty {
            entries.append(["type": "breadcrumbs", "data": ["values": .array(breadcrumbs.map(\.wire))]])
        }
        if exceptions.isEmpty, !message.isEmpty {
            entries.append(["type": "message", "data": ["formatted": .string(message)]])
        }
        if let request { entries.append(["type": "request", "data": request.wire]) }
        return entries
    }

    private var user: JSON {
        guard let id = tag("user.id") else { return nil }
        return ["id": .string(id), "email": .optional(tag("user.email")), "username": .optional(tag("user.username"))]
    }

    private func sdk(_ platform: String?) -> JSON {
        platform == "python"
            ? [
                "name": "sentry.python", "version": "2.20.0",
                "packages": [["name": "pypi:sentry-sdk", "version": "2.20.0"]],
            ]
            : [
                "name": "sentry.javascript.node", "version": "8.55.0",
                "packages": [["name": "npm:@sentry/node", "version": "8.55.0"]],
            ]
    }
}

extension Exception {
    fileprivate var wire: JSON {
        .fields([
            "type": .string(type), "value": .string(value),
            "mechanism": frames.isEmpty ? nil : ["type": "generic", "handled": false],
            "stacktrace": frames.isEmpty ? nil : ["frames": .array(frames.map(\.wire))],
        ])
    }
}

extension Frame {
    fileprivate var wire: JSON {
        .fields([
            "filename": .string(filename), "absPath": .string(absolutePath ?? filename),
            "function": function.map(JSON.string), "module": module.map(JSON.string), "lineNo": line.map(JSON.int),
            "colNo": column.map(JSON.int), "inApp": isInApp.map(JSON.bool),
            "context_line": contextLine.map(JSON.string),
            "context": .array(
                zip([line], [contextLine]).compactMap { line, text in
                    guard let line, let text else { return nil }
                    return [.int(line), .string(text)]
                }),
        ])
    }
}

extension Event.Breadcrumb {
    fileprivate var wire: JSON {
        [
            "type": "default", "category": .optional(category), "message": .string(message), "data": nil,
            "level": .string(level ?? "info"), "timestamp": date.map(WireTime.text) ?? nil, "event_id": nil,
        ]
    }
}

extension Event.Request {
    fileprivate var wire: JSON {
        let pairs = { (tags: [Tag]) -> JSON in .array(tags.map { [.string($0.key), .string($0.value)] }) }
        return [
            "apiTarget": nil, "bodySize": nil, "cookies": nil, "data": nil, "env": nil, "fragment": nil,
            "method": .optional(method), "protocol": nil, "url": .optional(url), "headers": pairs(headers),
            "query": pairs(query), "inferredContentType": nil,
        ]
    }
}
