/// The three forms of a webhook, brought to one. Reading it never fails: what is not understood is not there.
struct WireAlert: Decodable {
    let headline: String
    let items: [Item]

    /// One attachment, embed or card: an issue or a monitor.
    struct Item {
        var title = ""
        var link = ""
        var text = ""
        var color = ""
        var shortID: String?
        var fields: [(name: String, value: String)] = []

        func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
    }

    private enum Key: String, CodingKey { case text, attachments, sections, content, embeds, cardsV2 }

    init(from decoder: any Decoder) throws {
        guard let body = try? decoder.container(keyedBy: Key.self) else {
            (headline, items) = ("", [])
            return
        }
        func list<Element: Decodable>(_ key: Key, _: Element.Type) -> [Element] {
            (try? body.decode(Lenient<Element>.self, forKey: key))?.items ?? []
        }
        let cards = list(.cardsV2, Card.self)
        let sections = list(.sections, Section.self)
        items =
            list(.attachments, Attachment.self).map { $0.item(sections) }
            + list(.embeds, Attachment.self).map { $0.item() }
            + cards.map(\.item)
        let text = [Key.text, .content].lazy.compactMap { (try? body.decode(Loose.self, forKey: $0))?.text }.first
        headline = text ?? cards.first?.card.header?.title?.text ?? ""
    }
}

/// GlitchTip's own form (`title_link`, `text`, `fields[].title`) and Discord's (`url`, `description`, `fields[].name`).
private struct Attachment: Decodable {
    let title: Loose?
    let title_link: Loose?
    let url: Loose?
    let text: Loose?
    let description: Loose?
    let color: Loose?
    let fields: Perhaps<Lenient<Field>>?

    struct Field: Decodable {
        let title: Loose?
        let name: Loose?
        let value: Loose?
    }

    func item(_ sections: [Section] = []) -> WireAlert.Item {
        let link = title_link?.text ?? url?.text ?? ""
        return WireAlert.Item(
            title: title?.text ?? "", link: link, text: text?.text ?? description?.text ?? "", color: color?.text ?? "",
            shortID: sections.lazy.compactMap { $0.shortID(linkedTo: link) }.first,
            fields: (fields?.value?.items ?? []).compactMap { field in
                guard let name = field.title?.text ?? field.name?.text, let value = field.value?.text else {
                    return nil
                }
                return (name, value)
            })
    }
}

/// Beside the attachments, for Microsoft Teams; the only place of the short id.
private struct Section: Decodable {
    let activitySubtitle: Loose?

    /// From `[View Issue SHOP-WEB-E](link)`.
    func shortID(linkedTo link: String) -> String? {
        guard let text = activitySubtitle?.text, text.hasPrefix("["), text.hasSuffix("](\(link))") else { return nil }
        return WireAlert.shortID(text.dropFirst().dropLast(link.count + 3))
    }
}

/// Google Chat's.
private struct Card: Decodable {
    let card: Body

    struct Body: Decodable {
        let header: Header?
        let sections: Lenient<Part>?
    }

    struct Header: Decodable {
        let title: Loose?
        let subtitle: Loose?
    }

    struct Part: Decodable {
        let header: Loose?
        let widgets: Lenient<Widget>?
    }

    struct Widget: Decodable {
        let decoratedText: Decorated?
        let buttonList: Buttons?

        struct Decorated: Decodable {
            let topLabel: Loose?
            let text: Loose?
            let button: Button?
        }

        struct Buttons: Decodable { let buttons: Lenient<Button>? }
    }

    struct Button: Decodable {
        let text: Loose?
        let onClick: Click?

        struct Click: Decodable { let openLink: Target? }
        struct Target: Decodable { let url: Loose? }
    }

    var item: WireAlert.Item {
        var item = WireAlert.Item()
        let subtitle = card.header?.subtitle?.text ?? ""
        let part = card.sections?.items.first
        if let header = part?.header?.text {
            (item.color, item.title) = Self.parts(of: header)
            item.fields.append(("Project", subtitle))
        } else {
            // Of a monitor: its name is there instead.
            item.title = subtitle
        }
        for widget in part?.widgets?.items ?? [] {
            let text = widget.decoratedText
            if let label = text?.topLabel?.text {
                if let value = text?.text?.text { item.fields.append((label, value)) }
            } else if let sentence = text?.text?.text {
                item.text = sentence
            }
            if let button = text?.button ?? widget.buttonList?.buttons?.items.first {
                item.link = button.onClick?.openLink?.url?.text ?? ""
                item.shortID = button.text?.text.flatMap { WireAlert.shortID($0[...]) }
            }
        }
        return item
    }

    /// `<font color='#e52b50'>title</font>`; the title is not escaped, so only the outer pair counts.
    private static func parts(of header: String) -> (color: String, title: String) {
        let opening = "<font color='"
        guard header.hasPrefix(opening), header.hasSuffix("</font>"), let end = header.firstRange(of: "'>") else {
            return ("", header)
        }
        let color = header[..<end.lowerBound].dropFirst(opening.count)
        return (String(color), String(header[end.upperBound...].dropLast("</font>".count)))
    }
}

extension WireAlert {
    /// From `View Issue SHOP-WEB-E`.
    fileprivate static func shortID(_ text: Substring) -> String? {
        let words = "View Issue "
        guard text.hasPrefix(words), text.count > words.count else { return nil }
        return String(text.dropFirst(words.count))
    }
}
