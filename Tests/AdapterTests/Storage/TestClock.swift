import FoundationEssentials
import Synchronization

/// A clock that a test sets.
final class TestClock: Sendable {
    private let seconds = Atomic(0)

    var now: @Sendable () -> Date { { .start.plus(Double(self.seconds.load(ordering: .relaxed))) } }

    func advance(by seconds: Int) { self.seconds.add(seconds, ordering: .relaxed) }
}
