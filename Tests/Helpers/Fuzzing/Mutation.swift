import Chance

/// Hostile texts and events: what is known, put together, repeated, cut into one another and broken.
struct Mutation {
    let corpus: Corpus
    var dice: Dice

    mutating func text() -> String {
        var bytes: [UInt8] = []
        for _ in 0...dice.roll(3) {
            bytes += dice.roll(3) == 0 ? window() : pieces()
            if dice.roll(4) == 0 { bytes.removeLast(min(bytes.count, dice.roll(40))) }
        }
        damage(&bytes)
        // Most that can be said is said in little; the long ones are for what takes too long.
        return String(decoding: bytes.prefix(dice.roll(32) == 0 ? .max : 600), as: UTF8.self)
    }

    /// A recorded event, with hostile text in some of its strings; now and then it is no JSON any more.
    mutating func document() -> [UInt8]? {
        guard !corpus.documents.isEmpty else { return nil }
        var bytes = corpus.documents[dice.roll(corpus.documents.count)]
        for _ in 0...dice.roll(6) {
            let start = dice.roll(bytes.count)
            guard let quote = bytes[start...].firstIndex(of: 0x22) else { continue }
            bytes.insert(contentsOf: Self.quoted(slice(of: Array(text().utf8.prefix(4000)))), at: quote + 1)
        }
        if dice.roll(8) == 0 { damage(&bytes) }
        return bytes
    }

    /// A part of the text; the whole at times.
    mutating func slice(of text: String) -> String {
        dice.roll(3) == 0 ? text : String(decoding: slice(of: Array(text.utf8)), as: UTF8.self)
    }

    private mutating func slice(of bytes: [UInt8]) -> [UInt8] {
        let start = dice.roll(bytes.count + 1)
        return Array(bytes[start..<(start + dice.roll(bytes.count - start + 1))])
    }

    private mutating func pieces() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0...dice.roll(5) {
            let piece = Corpus.pieces[dice.roll(Corpus.pieces.count)]
            // A long one again and again takes most of the time and shows nothing more.
            let times = dice.roll(20) == 0 && piece.count < 1000 ? 30 : 1
            for _ in 0..<times { bytes += piece }
            if dice.roll(2) == 0 { bytes.append(0x0A) }
        }
        return bytes
    }

    /// Some lines of a file, one of them perhaps many times.
    private mutating func window() -> [UInt8] {
        guard !corpus.texts.isEmpty else { return [] }
        let lines = corpus.texts[dice.roll(corpus.texts.count)]
        let start = dice.roll(lines.count)
        var bytes: [UInt8] = []
        for line in lines[start...].prefix(1 + dice.roll(30)) {
            for _ in 0..<(dice.roll(60) == 0 ? 300 : 1) { bytes += line + [0x0A] }
        }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0..<dice.roll(7) where !bytes.isEmpty {
            let index = dice.roll(bytes.count)
            switch dice.roll(5) {
            case 0: bytes[index] = UInt8(dice.roll(256))
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8(dice.roll(128)), at: index)
            case 3: bytes.insert(contentsOf: Corpus.pieces[dice.roll(Corpus.pieces.count)], at: index)
            default: bytes.removeSubrange(index..<min(bytes.count, index + 8))
            }
        }
    }

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x22, 0x5C: [0x5C, byte]
            case 0..<0x20: Array("\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: [byte]
            }
        }
    }
}
