/// How often is worth a change of the live message at once, not in a minute.
package enum Milestone {
    private static let all = [10, 100, 1000]

    /// The highest that was reached; nil below ten.
    package static func reached(by count: Int) -> Int? { all.last { count >= $0 } }

    package static func isCrossed(from old: Int, to new: Int) -> Bool { reached(by: old) != reached(by: new) }
}
