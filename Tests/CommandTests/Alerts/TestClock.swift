import FoundationEssentials
import Synchronization

/// A clock that only the test moves.
final class TestClock: Sendable {
    /// 2026-11-25 12:00 UTC
    static let noon = Date(timeIntervalSince1970: 1_795_608_000)

    private let milliseconds = Atomic<Int>(0)

    var now: Date { Self.noon.addingTimeInterval(Double(milliseconds.load(ordering: .relaxed)) / 1000) }

    /// Negative when somebody sets it back.
    func advance(_ seconds: Double) { milliseconds.add(Int(seconds * 1000), ordering: .relaxed) }
}
