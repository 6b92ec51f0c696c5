/// A token or password that cannot be printed by accident: only `reveal()` shows it.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    package func reveal() -> String { value }

    /// Whether somebody knows it. How long that takes says nothing about how much of a guess is right.
    package func matches(_ guess: some StringProtocol) -> Bool {
        let (known, guess) = (Array(value.utf8), Array(guess.utf8))
        guard !known.isEmpty else { return false }
        var difference = known.count ^ guess.count
        for (index, byte) in guess.enumerated() { difference |= Int(byte ^ known[index % known.count]) }
        return difference == 0
    }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
