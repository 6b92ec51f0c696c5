/// A day of the week, counted as `Day.weekday` does.
package enum Weekday: Int, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case sunday, monday, tuesday, wednesday, thursday, friday, saturday

    /// `mon`, `Monday`.
    package init?(text: some StringProtocol) {
        let text = text.lowercased()
        guard let day = Self.allCases.first(where: { $0.short == text || $0.name.lowercased() == text }) else {
            return nil
        }
        self = day
    }

    /// `Monday`
    package var name: String {
        switch self {
        case .sunday: "Sunday"
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        }
    }

    package var description: String { name }

    /// `mon`, as it is typed.
    package var short: String { String(name.lowercased().prefix(3)) }
}
