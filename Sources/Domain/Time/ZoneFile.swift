/// What a file of the tz database says (RFC 9636): when the offset changed, and by which rule it goes on changing.
struct ZoneFile: Sendable, Hashable {
    private let transitions: [Int]
    /// One for each transition: in force from then on.
    private let offsets: [Int]
    /// Before the first transition.
    private let firstOffset: Int
    /// After the last one.
    private let rule: ZoneRule?

    init(offset: Int) {
        transitions = []
        offsets = []
        firstOffset = offset
        rule = nil
    }

    /// Nil for what is not such a file.
    init?(_ bytes: [UInt8]) {
        guard var header = Header(bytes[...]), header.version >= 2 else { return nil }
        // The first half has 32 bits a time, for old readers; the second says the same with 64.
        let second = Header.length + header.length(timeSize: 4)
        guard second <= bytes.count, let long = Header(bytes[second...]) else { return nil }
        header = long
        let end = second + Header.length + header.length(timeSize: 8)
        guard end <= bytes.count, header.types > 0 else { return nil }
        let body = Array(bytes[(second + Header.length)..<end])

        let times = (0..<header.times).map { Int(Self.number(body, at: $0 * 8, size: 8)) }
        let indexes = (0..<header.times).map { Int(body[header.times * 8 + $0]) }
        let types = (0..<header.types).map { Int(Self.number(body, at: header.times * 9 + $0 * 6, size: 4)) }
        guard indexes.allSatisfy({ $0 < types.count }) else { return nil }
        transitions = times
        offsets = indexes.map { types[$0] }
        firstOffset = types[0]
        let footer = bytes[end...].split(separator: UInt8(ascii: "\n")).first ?? []
        rule = ZoneRule(text: String(decoding: footer, as: UTF8.self))
    }

    func offset(at time: Int) -> Int {
        guard let last = transitions.last else { return rule?.offset(at: time) ?? firstOffset }
        if time >= last { return rule?.offset(at: time) ?? offsets[offsets.count - 1] }
        // The number of transitions up to then.
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : offsets[low - 1]
    }

    /// Big-endian, signed.
    private static func number(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
        let value = bytes[start..<(start + size)].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
    }

    private struct Header {
        static let length = 44

        let version: Int
        let times: Int
        let types: Int
        private let rest: (isUT: Int, isStandard: Int, leaps: Int, characters: Int)

        init?(_ bytes: ArraySlice<UInt8>) {
            guard bytes.count >= Self.length, bytes.prefix(4).elementsEqual("TZif".utf8) else { return nil }
            let header = Array(bytes.prefix(Self.length))
            version = header[4] == 0 ? 1 : Int(header[4]) - Int(UInt8(ascii: "0"))
            let counts = (0..<6).map { Int(ZoneFile.number(header, at: 20 + $0 * 4, size: 4)) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            rest = (counts[0], counts[1], counts[2], counts[5])
            times = counts[3]
            types = counts[4]
        }

        func length(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + rest.characters + rest.leaps * (timeSize + 4) + rest.isStandard
                + rest.isUT
        }
    }
}
