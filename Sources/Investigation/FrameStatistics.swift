import Domain

/// How often each frame was seen in events before: one that every crash shares says little about this one.
package struct FrameStatistics: Sendable, Hashable, Codable {
    private(set) var events = 0
    private var functions: [UInt64: Int] = [:]

    package init() {}

    /// Counts an event once for each of its frames.
    package mutating func learn(_ event: Event) {
        learn(event.exceptions.flatMap(\.frames).map { Self.key($0).fingerprint })
    }

    /// The same for a stack that was kept.
    package mutating func learn(_ frames: [UInt64]) {
        events += 1
        for frame in Set(frames) { functions[frame, default: 0] += 1 }
    }

    /// 1 for a frame never seen, towards 0 for one that most events have.
    package func rarity(of frame: Frame) -> Double { rarity(of: Self.key(frame).fingerprint) }

    func rarity(of frame: UInt64) -> Double { 1 / (1 + Double(functions[frame] ?? 0)) }

    static func key(_ frame: Frame) -> String {
        let name = frame.filename.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return "\(name)\u{1F}\(frame.function ?? "")"
    }
}
