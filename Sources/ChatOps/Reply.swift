import Domain
import FoundationEssentials

/// What we answer: the text of one message (more if it is long) and the buttons under it.
package struct Reply: Sendable, Hashable {
    package let text: HTML
    package let keyboard: [[Button]]
    /// Sent below the text, which goes out without it when it cannot be sent.
    package let picture: Picture?
    /// The same for a file.
    package let document: Document?
    /// The issue it is about: a reply to this message means that issue.
    package let issue: Issue.ID?
    package let placement: Placement
    /// What was changed, for the audit log; nil when nothing was.
    package let outcome: String?

    package enum Placement: Sendable, Hashable {
        /// A message of its own, under the line that it answers.
        case below
        /// In place of the message whose button was pressed: turning a page, for instance.
        case inPlace
        /// Nowhere: the message whose button was pressed shows it by itself.
        case shown
    }

    package init(
        _ text: HTML, keyboard: [[Button]] = [], picture: Picture? = nil, document: Document? = nil,
        about issue: Issue.ID? = nil, placement: Placement = .below, outcome: String? = nil
    ) {
        self.text = text
        self.keyboard = keyboard
        self.picture = picture
        self.document = document
        self.issue = issue
        self.placement = placement
        self.outcome = outcome
    }
}

/// A picture of numbers, with the same in words for those who cannot see it.
package struct Picture: Sendable, Hashable, Codable {
    /// A PNG. The ledger keeps it until Telegram has it: a picture of this size is no picture of numbers.
    package static let largest = 1 << 20

    /// `Data`, whose JSON is a third longer than the bytes and not four times as long.
    private let data: Data
    package let caption: HTML

    package var png: [UInt8] { Array(data) }

    /// Nil when it is empty or larger than what the ledger should keep.
    package init?(png: [UInt8], caption: HTML) {
        guard !png.isEmpty, png.count <= Self.largest else { return nil }
        data = Data(png)
        self.caption = caption
    }
}

/// A text file, to be saved and edited.
package struct Document: Sendable, Hashable, Codable {
    /// Without a path.
    package let name: String
    package let text: String
    package let caption: HTML

    package init(name: String, text: String, caption: HTML) {
        self.name = name
        self.text = text
        self.caption = caption
    }
}

/// A button under a message. It carries the line that a person would type, or a link.
package struct Button: Sendable, Hashable, Codable {
    package let text: String
    package let action: Action

    package enum Action: Sendable, Hashable, Codable {
        /// At most 64 bytes, Telegram's limit; a longer line makes the button disappear.
        case line(String)
        case link(String)
    }

    package init(_ text: String, callbackData line: String) {
        self.text = text
        action = .line(line)
    }

    package init(_ text: String, url: String) {
        self.text = text
        action = .link(url)
    }
}
