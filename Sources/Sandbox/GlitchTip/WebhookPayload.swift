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

extension StandInGlitchTip {
    /// What a rule posts about these issues.
    ///
    /// - Parameters:
    ///   - count: how many there really are, when more than are given.
    ///   - keys: tags that the rule adds to the usual three.
    package func webhook(
        for ids: [Issue.ID], count: Int? = nil, as format: WebhookPayload.Format = .generic, adding keys: [String] = []
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
        return WebhookPayload(alert: items, count: count, as: format)
    }

    /// What a rule posts when a monitor changed; nil for one that is not there.
    package func webhook(monitor id: Int, as format: WebhookPayload.Format = .generic) -> WebhookPayload? {
        guard let monitor = monitors.first(where: { $0.id == id }) else { return nil }
        return WebhookPayload(
            monitor: monitor.name, url: "\(url)/\(organization.slug)/uptime-monitors/\(id)", isUp: monitor.isUp ?? true,
            as: format)
    }
}
