/// A page that says what to do about a kind of error: when it applies, how to make sure, how to stop it, how to mend it.
package struct Runbook: Sendable {
    package let name: Name
    package let title: String
    package let severity: Severity?
    package let owners: [String]
    package let links: [Link]
    package let body: Body
    /// The file it was read from, as it is reached from the working directory.
    package let file: String

    let rules: [Rule]
    let examples: [Example]
    let counterexamples: [Example]

    /// What a person types for it: the name of its file without `.md`, in small letters.
    package struct Name: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
        package let text: String

        /// Nil unless it is of letters, digits, `-`, `_` and `.`, and short enough for a button (64 bytes with a command
        /// and an issue before it).
        package init?(_ text: some StringProtocol) {
            let isPlain = { (byte: UInt8) in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(isPlain),
                !text.hasPrefix("-"), !text.hasPrefix(".")
            else { return nil }
            self.text = text.lowercased()
        }

        private init(plain text: String) { self.text = text }

        /// For a draft of which nothing better is known.
        static let draft = Name(plain: "draft")
        static let longest = 40

        package var description: String { text }

        package static func < (left: Name, right: Name) -> Bool { left.text < right.text }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            guard let name = Self(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no name of a runbook")
            }
            self = name
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }

    package enum Severity: String, Sendable, CaseIterable { case critical, high, medium, low }

    package struct Link: Sendable, Hashable {
        package let title: String?
        /// `http` or `https`; placeholders in it are filled.
        package let address: String
    }

    /// Something that it must fit, or must not.
    struct Example: Sendable {
        let line: Int
        let subject: Subject
    }
}
