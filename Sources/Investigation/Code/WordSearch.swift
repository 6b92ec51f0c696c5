extension StringProtocol {
    /// Where the text occurs first; `FoundationEssentials` has no such search for substrings.
    func range(ofText text: String) -> Range<Index>? {
        guard let first = text.utf8.first else { return nil }
        let count = text.utf8.count
        var start = startIndex
        while let found = self[start...].utf8.firstIndex(of: first) {
            guard let end = utf8.index(found, offsetBy: count, limitedBy: endIndex) else { return nil }
            if utf8[found..<end].elementsEqual(text.utf8) { return found..<end }
            start = utf8.index(after: found)
        }
        return nil
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Where the word occurs first, whole.
    func range(ofWord word: String) -> Range<Index>? {
        var start = startIndex
        while let found = self[start...].range(ofText: word) {
            let before = self[..<found.lowerBound].utf8.last
            let after = self[found.upperBound...].utf8.first
            if before?.isOfIdentifier != true, after?.isOfIdentifier != true { return found }
            start = found.upperBound
        }
        return nil
    }
}

extension UInt8 {
    /// Of a name in code; every letter beyond ASCII may be one.
    var isOfIdentifier: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
