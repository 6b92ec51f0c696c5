/// The part below the front matter: headings, and under each what to do, one list item a step.
package struct Body: Sendable, Hashable {
    package let sections: [Section]

    /// What has to be looked at to be sure that it is this.
    package var checks: [Item] { items(of: .check) }
    /// What is done then, in order: first to stop the bleeding, then to mend it.
    package var steps: [Item] { items(of: .stop) + items(of: .fix) }

    package struct Section: Sendable, Hashable {
        package let kind: Kind
        package let title: String
        package let line: Int
        /// What stands under the heading outside its list.
        package let notes: [Piece]
        package let items: [Item]

        /// What a heading announces, by its first word.
        package enum Kind: String, Sendable, CaseIterable {
            case check, stop, fix, over
            /// Any other, and what stands above the first heading.
            case other

            init(heading: String) {
                let first = heading.lowercased().prefix { $0.isLetter }
                self =
                    switch first {
                    case "check", "checks", "confirm": .check
                    case "stop", "mitigate": .stop
                    case "fix", "mend", "repair": .fix
                    case "over", "done": .over
                    default: .other
                    }
            }
        }
    }

    /// A list item: what one person does before the next thing.
    package struct Item: Sendable, Hashable {
        package let line: Int
        package let pieces: [Piece]
    }

    private func items(of kind: Section.Kind) -> [Item] { sections.filter { $0.kind == kind }.flatMap(\.items) }
}

/// A run of text in one style. Markdown is read before values are filled in, so that no value can be Markdown.
package enum Piece: Sendable, Hashable {
    case text(String)
    case bold(String)
    case code(String)
    case link(String, address: String)
    /// Lines of code; they stand alone.
    case block(String, language: String?)
}
