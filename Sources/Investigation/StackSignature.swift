import Domain

/// What is kept of a stack to compare it: a fingerprint for each frame, the crash first.
package struct StackSignature: Sendable, Hashable {
    package let frames: [UInt64]

    private static let mostExceptions = 3
    private static let mostFrames = 40

    package init(frames: [UInt64]) { self.frames = Array(frames.prefix(Self.mostFrames * Self.mostExceptions)) }

    /// Line numbers are not in it, for they differ from release to release, and recursion counts once.
    package init(_ event: Event) {
        var frames: [UInt64] = []
        for exception in event.exceptions.prefix(Self.mostExceptions) {
            for frame in exception.frames.suffix(400).reversed().map({ FrameStatistics.key($0).fingerprint })
                .withoutRepetition.prefix(Self.mostFrames)
            {
                frames.append(frame)
            }
        }
        self.frames = frames
    }

    /// From 0 to 1: how much of both has to be taken out until the same frames are left in the same order, where a rare
    /// frame and one near the crash weigh more (after TraceSim). Nil when one of them has no frames.
    package func likeness(to other: StackSignature, seen: FrameStatistics) -> Double? {
        guard !frames.isEmpty, !other.frames.isEmpty else { return nil }
        guard !Set(frames).isDisjoint(with: other.frames) else { return 0 }
        let mine = weights(seen)
        let theirs = other.weights(seen)
        var row = theirs.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
        for (index, frame) in frames.enumerated() {
            var diagonal = row[0]
            row[0] += mine[index]
            for column in other.frames.indices {
                let above = row[column + 1]
                var least = min(above + mine[index], row[column] + theirs[column])
                // The same frame at another depth is not quite the same.
                if frame == other.frames[column] {
                    least = min(least, diagonal + abs(mine[index] - theirs[column]))
                }
                diagonal = above
                row[column + 1] = least
            }
        }
        let all = mine.reduce(0, +) + theirs.reduce(0, +)
        return all > 0 ? max(0, 1 - (row.last ?? all) / all) : nil
    }

    private func weights(_ seen: FrameStatistics) -> [Double] {
        frames.enumerated().map { (0.3 + 0.7 * seen.rarity(of: $1)) / (1 + 0.25 * Double($0)) }
    }
}

extension Sequence<UInt64> {
    /// Each run of the same as one.
    fileprivate var withoutRepetition: [UInt64] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
