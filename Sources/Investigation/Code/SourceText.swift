/// A file's text by lines, each read only when it is asked for.
struct SourceText: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
        var starts = [0]
        for (index, byte) in self.bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        if starts.last == self.bytes.count { starts.removeLast() }
        self.starts = starts
    }

    var count: Int { starts.count }

    /// A line without its end; from 1, empty outside the file.
    func line(_ number: Int) -> String {
        guard number >= 1, number <= count else { return "" }
        let end = number < count ? starts[number] - 1 : bytes.count
        var line = bytes[starts[number - 1]..<max(starts[number - 1], end)]
        while line.last == 0x0D || line.last == 0x0A { line = line.dropLast() }
        return String(decoding: line.prefix(2000), as: UTF8.self)
    }

    /// The line nearest to `start` that fits, at most `reach` lines away.
    func nearest(to start: Int, reach: Int = .max, where fits: (String) -> Bool) -> Int? {
        let start = min(max(1, start), max(1, count))
        for distance in 0..<max(1, min(reach, count)) {
            if start + distance <= count, fits(line(start + distance)) { return start + distance }
            if distance > 0, start - distance >= 1, fits(line(start - distance)) { return start - distance }
        }
        return nil
    }

    /// The first lines that a word is in, whole.
    func lines(with word: String, atMost most: Int = .max) -> [Int] {
        let wanted = Array(word.utf8)
        guard let first = wanted.first else { return [] }
        var found: [Int] = []
        var start = 0
        while found.count < most, let place = bytes[start...].firstIndex(of: first), place + wanted.count <= bytes.count
        {
            start = place + 1
            guard bytes[place..<place + wanted.count].elementsEqual(wanted),
                place == 0 || !bytes[place - 1].isOfIdentifier,
                place + wanted.count == bytes.count || !bytes[place + wanted.count].isOfIdentifier
            else { continue }
            let line = number(at: place)
            if found.last != line { found.append(line) }
        }
        return found
    }

    private func number(at byte: Int) -> Int {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= byte { low = middle } else { high = middle }
        }
        return low + 1
    }
}
