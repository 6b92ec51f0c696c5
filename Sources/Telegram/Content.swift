import Domain

/// What a message shows: its text and the buttons under it.
package struct Content: Sendable, Hashable {
    package let text: Text
    package let keyboard: InlineKeyboardMarkup

    package enum Text: Sendable, Hashable {
        case html(HTML)
        /// For when Telegram cannot read our HTML.
        case plain(String)
    }

    package init(_ text: Text, keyboard: InlineKeyboardMarkup = InlineKeyboardMarkup()) {
        self.text = text
        self.keyboard = keyboard
    }
}

/// The buttons under a message. What Telegram would refuse the whole message for is left out: a missing button is a
/// nuisance, a missing alert is not.
package struct InlineKeyboardMarkup: Sendable, Hashable {
    private static let mostInRow = 8
    private static let most = 100

    package let rows: [[InlineKeyboardButton]]

    package init(rows: [[InlineKeyboardButton]] = []) {
        let narrow = rows.flatMap { row in
            stride(from: 0, to: row.count, by: Self.mostInRow).map { Array(row[$0...].prefix(Self.mostInRow)) }
        }
        var left = Self.most
        self.rows = narrow.compactMap { row in
            let taken = row.prefix(left)
            left -= taken.count
            return taken.isEmpty ? nil : Array(taken)
        }
    }
}

package struct InlineKeyboardButton: Sendable, Hashable {
    package let text: String
    package let action: Action

    package enum Action: Sendable, Hashable {
        case callback(String)
        case url(String)
    }

    /// Nil when the data does not fit into Telegram's 64 bytes.
    package init?(_ text: String, callbackData: String) {
        guard (1...64).contains(callbackData.utf8.count), Self.isVisible(text) else { return nil }
        self.text = text
        action = .callback(callbackData)
    }

    /// Nil for an address that Telegram would refuse.
    package init?(_ text: String, url: String) {
        guard WebAddress.isAccepted(url), Self.isVisible(text) else { return nil }
        self.text = text
        action = .url(url)
    }

    private static func isVisible(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
}
