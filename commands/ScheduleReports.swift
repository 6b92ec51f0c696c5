import ChatOps
import Domain

/// Shows when this chat gets its reports; admins change it.
struct ScheduleReports: Command {
    static let manual = Manual(
        "schedule", "[daily TIME|weekly DAY TIME|daily off|weekly off]", "Show or change when reports come.",
        examples: ["/schedule", "/schedule daily 08:30", "/schedule weekly fri 16:00", "/schedule daily off"])

    let reports: ReportDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let wish = arguments.text()
        guard !wish.isEmpty else { return Reply(text(try await reports.schedules(of: call.place))) }

        try call.require(.admin)
        let change: Schedules.Change
        do throws(Schedules.Mistake) {
            change = try Schedules.Change(text: wish)
        } catch {
            throw Refusal(
                "I do not understand \(HTML.code(wish.prefix(60))). Say \(HTML.code("/schedule daily 08:30")), \(HTML.code("/schedule weekly fri 16:00")) or \(HTML.code("/schedule daily off"))."
            )
        }
        let changed = try await reports.change(change, of: call.place)
        return Reply(text(changed), outcome: "reports: \(changed.all.map(\.description).joined(separator: ", "))")
    }

    private func text(_ schedules: Schedules) -> HTML {
        let rows = [("Daily report", schedules.daily), ("Weekly review", schedules.weekly)].map {
            name, schedule -> HTML in
            "\(name): \(schedule?.words ?? "off")"
        }
        return "\(rows.joined(by: "\n"))\nTime zone: \(reports.zone.name)"
    }
}
