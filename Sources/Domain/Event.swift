import FoundationEssentials

/// One occurrence of an issue, with everything the SDK sent.
///
/// All text in it was written by strangers: whoever has the public DSN can send an event.
package struct Event: Sendable, Hashable {
    package let id: String
    package let issue: Issue.ID?
    package let date: Date?
    package let title: String
    package let message: String
    package let platform: String?
    /// GlitchTip's `culprit` is the SDK's transaction: a route or a task name.
    package let transaction: String?
    /// Root cause first, outermost last; empty when the event is only a message.
    package let exceptions: [Exception]
    package let breadcrumbs: [Breadcrumb]
    package let request: Request?
    package let tags: [Tag]
    /// The plain values of the SDK's `extra`, as text; what is nested is left out.
    package let extra: [String: String]

    package init(
        id: String, issue: Issue.ID? = nil, date: Date? = nil, title: String, message: String = "",
        platform: String? = nil, transaction: String? = nil, exceptions: [Exception] = [],
        breadcrumbs: [Breadcrumb] = [], request: Request? = nil, tags: [Tag] = [], extra: [String: String] = [:]
    ) {
        self.id = id
        self.issue = issue
        self.date = date
        self.title = title
        self.message = message
        self.platform = platform
        self.transaction = transaction
        self.exceptions = exceptions
        self.breadcrumbs = breadcrumbs
        self.request = request
        self.tags = tags
        self.extra = extra
    }

    /// The first value of a tag; release and environment are tags, not fields.
    package func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }

    package var release: String? { tag("release") }
    package var environment: String? { tag("environment") }
}

/// One link of a chain of causes.
package struct Exception: Sendable, Hashable, Codable {
    package let type: String
    package let value: String
    /// Oldest call first, the crash last, as Sentry sends them.
    package let frames: [Frame]

    package init(type: String, value: String, frames: [Frame] = []) {
        self.type = type
        self.value = value
        self.frames = frames
    }
}

/// One call in a stack trace, as the SDK saw it.
package struct Frame: Sendable, Hashable, Codable {
    /// As sent: `app:///lib/cart.js`, `/srv/app/cart.py`, `com/shop/Cart.java`. Never open it as a path.
    package let filename: String
    package let absolutePath: String?
    package let function: String?
    /// Python's and Java's module; for Java the only hint at the folder.
    package let module: String?
    /// From 1; nil when the SDK did not know.
    package let line: Int?
    package let column: Int?
    /// Whether the SDK took it for the team's own code; GlitchTip often has false throughout.
    package let isInApp: Bool?
    /// The failing line's text, for finding the line again after it moved.
    package let contextLine: String?

    package init(
        filename: String, absolutePath: String? = nil, function: String? = nil, module: String? = nil,
        line: Int? = nil, column: Int? = nil, isInApp: Bool? = nil, contextLine: String? = nil
    ) {
        self.filename = filename
        self.absolutePath = absolutePath
        self.function = function
        self.module = module
        self.line = line
        self.column = column
        self.isInApp = isInApp
        self.contextLine = contextLine
    }
}

package struct Tag: Sendable, Hashable, Codable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

extension Event {
    /// One step that the program recorded before it failed.
    package struct Breadcrumb: Sendable, Hashable {
        package let date: Date?
        package let category: String?
        package let message: String
        package let level: String?

        package init(date: Date? = nil, category: String? = nil, message: String, level: String? = nil) {
            self.date = date
            self.category = category
            self.message = message
            self.level = level
        }
    }

    /// The HTTP request that was being served; headers may hold secrets.
    package struct Request: Sendable, Hashable {
        package let method: String?
        package let url: String?
        package let headers: [Tag]
        package let query: [Tag]

        package init(method: String? = nil, url: String? = nil, headers: [Tag] = [], query: [Tag] = []) {
            self.method = method
            self.url = url
            self.headers = headers
            self.query = query
        }
    }
}

/// A note under an issue in GlitchTip; its author is always the token's owner.
package struct Comment: Sendable, Hashable {
    package let id: Int
    package let text: String
    package let date: Date
    package let author: String?

    package init(id: Int, text: String, date: Date, author: String?) {
        self.id = id
        self.text = text
        self.date = date
        self.author = author
    }
}
