import Domain
import FoundationEssentials

/// Sentences that all renderings share.
extension Finding {
    /// `TypeError: cart is undefined`, on one line.
    var headline: String {
        let value = self.value.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let words = type.isEmpty || value.hasPrefix(type) ? value : value.isEmpty ? type : "\(type): \(value)"
        return words.isEmpty ? title : words
    }

    /// "shop-web 2.3.1 · production", as far as known.
    var scene: String {
        let program = [project, version].compactMap(\.self).joined(separator: " ")
        return [program, environment ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// The release without the project's name, which stands before it: `2.3.1` of `shop-web@2.3.1`.
    private var version: String? {
        guard let release, let project, release.hasPrefix("\(project)@") else { return release }
        return String(release.dropFirst(project.count + 1))
    }

    var likely: Suspect? { suspects.first { $0.isLikely } }

    /// What the report promises by its first line.
    var verdict: String {
        if !laterChanges.isEmpty { return "Perhaps fixed already" }
        if likely != nil { return "Likely commit found" }
        if !suspects.isEmpty { return "Several commits possible" }
        return locations.isEmpty ? "No code found" : "Code found, no commit"
    }
}

extension Finding.Location {
    /// `lib/cart.js:31`
    var place: String { line.map { "\(path):\($0)" } ?? path }
}

extension Finding.Suspect {
    var shortSHA: String { String(sha.prefix(8)) }
    var day: String { Finding.day(date) }
}

extension Finding {
    /// `2026-11-24`, in UTC: the same for everybody who reads the comment.
    static func day(_ date: Date) -> String {
        let days = Int((date.timeIntervalSince1970 / 86400).rounded(.down)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
