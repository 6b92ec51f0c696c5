import Glibc

extension [UInt8] {
    /// Where a text occurs first, at or after a place.
    func first(_ text: StaticString, from start: Int = 0) -> Int? {
        let wanted = text.bytes
        guard let pivot = wanted.indices.max(by: { wanted[$0].rarity < wanted[$1].rarity }) else { return nil }
        return withUnsafeBytes { all -> Int? in
            guard let base = all.baseAddress, let needle = wanted.baseAddress else { return nil }
            // memmem is not there without GNU's extensions; looking for the rarest byte is as fast.
            var place = start + pivot
            let end = all.count - (wanted.count - 1 - pivot)
            while place < end, let found = memchr(base + place, Int32(wanted[pivot]), end - place) {
                let index = base.distance(to: UnsafeRawPointer(found))
                if memcmp(base + index - pivot, needle, wanted.count) == 0 { return index - pivot }
                place = index + 1
            }
            return nil
        }
    }

    func contains(_ text: StaticString) -> Bool { first(text) != nil }
}

extension UInt8 {
    var startsWord: Bool {
        self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
            || self == UInt8(ascii: "_") || self == UInt8(ascii: "$") || self >= 0x80
    }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isWordPart: Bool { startsWord || isDigit }
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0C || self == 0x0B || self == 0 }
}

extension UInt8 {
    /// How seldom it is in source code, roughly.
    fileprivate var rarity: Int {
        Self.commonFirst.firstIndex(of: self) ?? Self.commonFirst.count
    }

    private static let commonFirst = Array("etaoinsrhldcumfpgwybvkxjqz".utf8)
}
