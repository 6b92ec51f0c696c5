import Domain

extension WebhookPayload {
    /// One issue as a recipient is told of it: no id, no level and no project slug of its own.
    package struct Item: Sendable, Hashable {
        package let title: String
        /// The only place where the issue's id is.
        package let url: String
        package let shortID: String
        /// The project's name.
        package let project: String
        package let level: Issue.Level
        /// Environment, server and release, then those that the rule adds, as far as the issue has them.
        package let tags: [Tag]

        package init(
            title: String, url: String, shortID: String, project: String, level: Issue.Level, tags: [Tag] = []
        ) {
            self.title = title
            self.url = url
            self.shortID = shortID
            self.project = project
            self.level = level
            self.tags = tags
        }
    }
}

extension WebhookPayload.Item {
    fileprivate static let red = 0xE5_2B50
    static let blue = 0x4B_60B4

    /// None for a warning: the colour that was meant for it never arrives.
    private var color: Int? {
        switch level {
        case .error, .fatal: Self.red
        case .info: Self.blue
        case .warning, .debug, .sample: nil
        }
    }

    private var hexColor: String? { color.map { "#" + String($0, radix: 16) } }

    private static func label(_ key: String) -> String {
        key == "server_name" ? "Server Name" : key.prefix(1).uppercased() + key.dropFirst()
    }

    var attachment: JSON {
        let project: JSON = ["title": "Project", "value": .string(project), "short": true]
        let fields = tags.map { tag -> JSON in
            [
                "title": .string(Self.label(tag.key)), "value": .string(tag.value),
                "short": .bool(tag.key == "environment" || tag.key == "server_name"),
            ]
        }
        return [
            "title": .string(title), "title_link": .string(url), "text": nil, "image_url": nil,
            "color": .optional(hexColor), "fields": .array([project] + fields), "mrkdown_in": ["text"],
        ]
    }

    var section: JSON {
        ["activityTitle": .string(title), "activitySubtitle": .string("[View Issue \(shortID)](\(url))")]
    }

    /// Its order and its labels are not those of the others.
    var embed: JSON {
        let order = ["environment", "release", "server_name"]
        let sorted = order.compactMap { key in tags.first { $0.key == key } } + tags.filter { !order.contains($0.key) }
        let project: JSON = ["name": "Project", "value": .string(project), "inline": true]
        let fields = sorted.map { tag -> JSON in
            [
                "name": .string(tag.key == "server_name" ? "Server name" : Self.label(tag.key)),
                "value": .string(tag.value), "inline": .bool(tag.key == "environment"),
            ]
        }
        return [
            "title": .string(title), "description": nil, "color": color.map(JSON.int) ?? nil, "url": .string(url),
            "fields": .array([project] + fields),
        ]
    }

    var card: JSON {
        let culprit: JSON = ["decoratedText": ["topLabel": "Culprit", "text": nil]]
        let lines = tags.map { tag -> JSON in
            ["decoratedText": ["topLabel": .string(Self.label(tag.key)), "text": .string(tag.value)]]
        }
        let button: JSON = [
            "text": .string("View Issue \(shortID)"), "onClick": ["openLink": ["url": .string(url)]],
        ]
        let section: JSON = [
            "header": .string("<font color='\(hexColor ?? "None")'>\(title)</font>"),
            "widgets": .array([culprit] + lines + [["buttonList": ["buttons": [button]]]]),
        ]
        return ["header": ["title": "GlitchTip Alert", "subtitle": .string(project)], "sections": [section]]
    }
}
