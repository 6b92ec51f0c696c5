import FoundationEssentials
import Synchronization

/// A clock that only the test moves.
final class TestClock: Sendable {
    /// 2026-11-25 12:00 UTC
    static let noon = Date(timeIntervalSince1970: 1_795_608_000)

    private let milliseconds = Atomic<Int>(0)
    private let skew = Atomic<Int>(0)

    /// By the clock of the machine that the bot runs on.
    var now: Date { time.addingTimeInterval(Double(skew.load(ordering: .relaxed))) }
    /// By everybody else's.
    var time: Date { Self.noon.addingTimeInterval(Double(milliseconds.load(ordering: .relaxed)) / 1000) }

    func advance(_ seconds: Double) { milliseconds.add(Int(seconds * 1000), ordering: .relaxed) }

    /// Somebody sets the bot's clock; negative is back.
    func jump(_ seconds: Int) { skew.add(seconds, ordering: .relaxed) }
}
