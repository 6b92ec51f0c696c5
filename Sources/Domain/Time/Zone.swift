import FoundationEssentials

/// A time zone of the tz database: `Europe/Berlin`. Foundation without its large half knows no zones by name.
package struct Zone: Sendable, Hashable {
    package let name: String
    private let file: ZoneFile

    package static let utc = Zone(name: "UTC", file: ZoneFile(offset: 0))

    private init(name: String, file: ZoneFile) {
        self.name = name
        self.file = file
    }

    /// Reads the zone's file; nil when there is none of that name.
    package init?(name: String, folder: String = "/usr/share/zoneinfo") {
        if name == "UTC" {
            self = .utc
            return
        }
        // The name becomes a path, so only what zone names are made of.
        let isName = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            part.first?.isLetter == true
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-+".contains($0)) }
        }
        guard isName, name.utf8.count < 64, let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"),
            let file = ZoneFile(Array(bytes))
        else { return nil }
        self.init(name: name, file: file)
    }

    /// Seconds east of Greenwich.
    package func offset(at date: Date) -> Int { file.offset(at: Int(date.timeIntervalSince1970.rounded(.down))) }

    package func local(_ date: Date) -> LocalTime {
        LocalTime(seconds: Int(date.timeIntervalSince1970.rounded(.down)) + offset(at: date))
    }

    /// When clocks there show this. A time that is skipped in spring is taken as much later as the clocks jump; of one that
    /// comes twice in autumn, the first.
    package func date(of local: LocalTime) -> Date {
        let naive = Double(local.seconds)
        // The offset changes at most once in a day: one of these two is in force.
        let before = offset(at: Date(timeIntervalSince1970: naive - 86_400))
        let after = offset(at: Date(timeIntervalSince1970: naive + 86_400))
        let candidates = [before, after].map { Date(timeIntervalSince1970: naive - Double($0)) }
        let fitting = candidates.filter { self.local($0) == local }.min()
        return fitting ?? candidates[0]
    }

    /// The next time that clocks there show this time of the day, today or tomorrow.
    package func next(_ time: TimeOfDay, after date: Date) -> Date {
        let today = local(date).day
        let dates = (0...2).map { self.date(of: LocalTime(day: today.adding($0), time: time)) }
        return dates.first { $0 > date } ?? dates[2]
    }
}
