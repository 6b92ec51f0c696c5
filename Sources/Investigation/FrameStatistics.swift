import Domain

/// How often each frame was seen in events before: one that every crash shares says little about this one.
package struct FrameStatistics: Sendable, Hashable, Codable {
    private(set) var events = 0
    private var functions: [String: Int] = [:]

    package init() {}

    /// Counts an event once for each of its frames.
    package mutating func learn(_ event: Event) {
        events += 1
        for key in Set(event.exceptions.flatMap(\.frames).map(Self.key)) { functions[key, default: 0] += 1 }
    }

    /// 1 for a frame never seen, towards 0 for one that most events have.
    package func rarity(of frame: Frame) -> Double {
        1 / (1 + Double(functions[Self.key(frame)] ?? 0))
    }

    static func key(_ frame: Frame) -> String {
        let name = frame.filename.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return "\(name)\u{1F}\(frame.function ?? "")"
    }
}
