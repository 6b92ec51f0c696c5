import Domain
import FoundationEssentials

/// A moment in a message that stays: the words do not change while time goes by, so that nothing is edited for them.
/// Telegram shows `5 minutes ago` in its place, and the words where it can't.
func moment(_ date: Date, _ zone: Zone) -> HTML { .time(date, wallClock(date, zone)) }

/// A time to come: `18:00` today, else with its day.
func due(_ date: Date, _ zone: Zone, now: Date) -> HTML {
    let local = zone.local(date)
    let isToday = local.day == zone.local(now).day
    return isToday
        ? .time(date, as: .clock, local.time.description) : .time(date, as: .dateAndClock, wallClock(date, zone))
}

/// `25 Nov 14:02`
package func wallClock(_ date: Date, _ zone: Zone) -> String {
    let local = zone.local(date)
    return "\(local.day.words) \(local.time)"
}

extension Day {
    /// `25 Nov`
    package var words: String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (_, month, day) = parts
        return "\(day) \(names[month - 1])"
    }
}
