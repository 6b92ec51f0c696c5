/// What the team said is the wrong runbook, and how far that goes.
///
/// It goes for the issue, and for others of its kind that crash in the same place. A `TypeError` has a thousand reasons,
/// so all of a kind lose a runbook only when it was wrong for several of them.
package struct Unlinks: Sendable {
    /// From so many issues of one kind on, a runbook is wrong for the kind.
    package static let enough = 3

    private let unlinked: [Unlinked]

    /// - Parameter unlinked: of the issue, and of its kind in its project.
    package init(_ unlinked: [Unlinked]) { self.unlinked = unlinked }

    package struct Unlinked: Sendable, Hashable {
        let runbook: Runbook.Name
        /// Whether it was said of this very issue.
        let isSame: Bool
        /// Nil when nothing is known of the other issue but its kind.
        let place: Sketch.Place?

        package init(_ runbook: Runbook.Name, isSame: Bool, sketch: Sketch?) {
            self.runbook = runbook
            self.isSame = isSame
            place = sketch?.place
        }
    }

    /// How far it goes that a runbook is wrong.
    package enum Reach: Sendable, Hashable {
        case issue
        case place(Sketch.Place)
        /// With the number of issues for which it was wrong.
        case kind(Int)
    }

    /// Those that are not to be offered.
    package func names(for sketch: Sketch) -> Set<Runbook.Name> {
        Set(
            unlinked.filter { entry in
                entry.isSame || entry.place != nil && entry.place == sketch.place
                    || count(of: entry.runbook) >= Self.enough
            }.map(\.runbook))
    }

    /// How far it goes for a runbook that was unlinked from an issue.
    package func reach(of runbook: Runbook.Name, for sketch: Sketch) -> Reach {
        let count = count(of: runbook)
        return count >= Self.enough ? .kind(count) : sketch.place.map { .place($0) } ?? .issue
    }

    private func count(of runbook: Runbook.Name) -> Int { unlinked.count { $0.runbook == runbook } }
}

extension Sketch {
    /// Where an error comes from: the frame of the crash; without frames, what it says.
    package enum Place: Sendable, Hashable {
        case frame(String)
        case words(Set<String>)
    }

    /// Nil when there is neither.
    package var place: Place? { frames.first.map { .frame($0) } ?? (words.isEmpty ? nil : .words(words)) }
}
