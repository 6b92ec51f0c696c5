import Domain

/// What GlitchTip posts to an alert's recipients. There is no signature, no secret and no second attempt.
///
/// Whoever wants to play GlitchTip posts `bytes` as `application/json`.
package struct WebhookPayload: Sendable, Hashable {
    package let bytes: [UInt8]

    package enum Format: String, Sendable, CaseIterable {
        /// The `webhook` recipient, which Slack understands as well.
        case generic
        /// The same as GlitchTip 6 sends it: no alias, no sections, and so no short id.
        case genericOfSix
        case discord
        case googleChat
    }

    /// No more are named, however many there are; the true number is only in the text.
    private static let mostIssues = 3

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

    /// New issues, or ones that came back: nothing tells which.
    ///
    /// - Parameter count: how many there really are, when more than are given.
    package init(alert items: [Item], count: Int? = nil, as format: Format = .generic) {
        let count = count ?? items.count
        let text = "GlitchTip Alert" + (count > 1 ? " (\(count) issues)" : "")
        let named = items.prefix(Self.mostIssues)
        switch format {
        case .generic:
            self.init(alias: text, named.map(\.attachment), sections: named.map(\.section))
        case .genericOfSix: self.init(["text": .string(text), "attachments": .array(named.map(\.attachment))])
        case .discord: self.init(["content": .string(text), "embeds": .array(named.map(\.embed))])
        case .googleChat: self.init(cards: named.map(\.card))
        }
    }

    /// A monitor that goes down or comes back; only the sentence tells which.
    package init(monitor name: String, url: String, isUp: Bool, as format: Format = .generic) {
        let text = "GlitchTip Uptime Alert"
        let sentence = isUp ? "The monitored site is back up." : "The monitored site has gone down."
        let attachment: JSON = [
            "title": .string(name), "title_link": .string(url), "text": .string(sentence), "image_url": nil,
            "color": nil, "fields": nil, "mrkdown_in": nil,
        ]
        switch format {
        case .generic:
            let section: JSON = ["activityTitle": .string(name), "activitySubtitle": .string(sentence)]
            self.init(alias: text, [attachment], sections: [section])
        case .genericOfSix: self.init(["text": .string(text), "attachments": [attachment]])
        case .discord:
            let embed: JSON = [
                "title": .string(name), "description": .string(sentence), "color": nil, "url": .string(url),
                "fields": [],
            ]
            self.init(["content": .string(text), "embeds": [embed]])
        case .googleChat:
            let button: JSON = ["text": "View", "onClick": ["openLink": ["url": .string(url)]]]
            let widget: JSON = ["decoratedText": ["text": .string(sentence), "button": button]]
            self.init(cards: [
                ["header": ["title": .string(text), "subtitle": .string(name)], "sections": [["widgets": [widget]]]]
            ])
        }
    }

    /// What GlitchTip 6 sends when somebody tries a rule of a project that has no issue yet. Once there is one, the newest
    /// comes in an alert that nothing tells from a true one.
    package init(testOf project: String, as format: Format = .genericOfSix) {
        let title = "GlitchTip Test Notification"
        let words = "Test notification for project \(project). Your alert recipient is configured correctly."
        switch format {
        case .generic, .genericOfSix:
            let attachment: JSON = [
                "title": .string(title), "title_link": "", "text": .string(words), "image_url": nil, "color": nil,
                "fields": nil, "mrkdown_in": nil,
            ]
            self.init(["text": .string(title), "attachments": [attachment]])
        case .discord:
            let embed: JSON = [
                "title": .string(title), "description": .string(words), "color": .int(Item.blue), "url": "",
                "fields": [],
            ]
            self.init(["content": .string(title), "embeds": [embed]])
        case .googleChat:
            let widget: JSON = ["decoratedText": ["text": .string(words)]]
            self.init(cards: [
                [
                    "header": ["title": .string(title), "subtitle": .string(project)],
                    "sections": [["widgets": [widget]]],
                ]
            ])
        }
    }

    private init(_ body: JSON) { bytes = body.bytes }

    private init(alias text: String, _ attachments: [JSON], sections: [JSON]) {
        self.init([
            "alias": "GlitchTip", "text": .string(text), "attachments": .array(attachments),
            "sections": .array(sections),
        ])
    }

    private init(cards: [JSON]) {
        self.init(["cardsV2": .array(cards.map { ["cardId": "createCardMessage", "card": $0] })])
    }
}

extension WebhookPayload.Item {
    fileprivate static let red = 0xE5_2B50
    fileprivate static let blue = 0x4B_60B4

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

    fileprivate var attachment: JSON {
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

    fileprivate var section: JSON {
        ["activityTitle": .string(title), "activitySubtitle": .string("[View Issue \(shortID)](\(url))")]
    }

    /// Its order and its labels are not those of the others.
    fileprivate var embed: JSON {
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

    fileprivate var card: JSON {
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

extension StandInGlitchTip {
    /// What a rule posts about these issues.
    ///
    /// - Parameter adding: tags that the rule adds to the usual three.
    package func webhook(
        for ids: [Issue.ID], as format: WebhookPayload.Format = .generic, adding keys: [String] = []
    ) -> WebhookPayload {
        let items = ids.compactMap { issues[$0.number] }.map { issue in
            let known = issue.events.flatMap(\.tags)
            let tags = (["environment", "server_name", "release"] + keys).compactMap { key in
                known.first { $0.key == key }.map { Tag(key: key, value: $0.value) }
            }
            return WebhookPayload.Item(
                title: issue.title, url: "\(url)/\(organization.slug)/issues/\(issue.id)", shortID: issue.shortID,
                project: issue.project.name, level: issue.level, tags: tags)
        }
        return WebhookPayload(alert: items, as: format)
    }

    /// What a rule posts when a monitor changed; nil for one that is not there.
    package func webhook(monitor id: Int, as format: WebhookPayload.Format = .generic) -> WebhookPayload? {
        guard let monitor = monitors.first(where: { $0.id == id }) else { return nil }
        return WebhookPayload(
            monitor: monitor.name, url: "\(url)/\(organization.slug)/uptime-monitors/\(id)", isUp: monitor.isUp ?? true,
            as: format)
    }
}
