/// Numbers that belong to somebody: payment cards, bank accounts, network addresses.
enum PersonalNumber {
    /// The length of a payment card's number that begins here, in one piece or in groups; it must pass Luhn's check.
    static func cardLength(at bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first, (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(first) else { return nil }
        var digits: [Int] = []
        var length = 0
        for byte in bytes.prefix(24) {
            if byte.isDigit {
                digits.append(Int(byte - UInt8(ascii: "0")))
            } else if byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") || digits.count < 4 {
                break
            }
            length += 1
        }
        while length > 0, !bytes[bytes.startIndex + length - 1].isDigit { length -= 1 }
        let next = bytes.dropFirst(length).first
        guard (13...19).contains(digits.count), next.map({ !$0.isWordCharacter && $0 != UInt8(ascii: ".") }) ?? true,
            passesLuhn(digits)
        else { return nil }
        return length
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
            let doubled = entry.element * 2
            return sum + (entry.offset.isMultiple(of: 2) ? entry.element : doubled > 9 ? doubled - 9 : doubled)
        }
        return sum.isMultiple(of: 10)
    }

    /// The length of an IBAN that begins here, with or without its spaces; its check digits must be right.
    static func ibanLength(at bytes: ArraySlice<UInt8>) -> Int? {
        let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
        guard bytes.prefix(2).allSatisfy(isCapital), bytes.dropFirst(2).prefix(2).allSatisfy(\.isDigit), bytes.count >= 15
        else { return nil }
        var characters: [UInt8] = []
        var length = 0
        for byte in bytes.prefix(42) {
            if byte.isDigit || isCapital(byte) {
                characters.append(byte)
            } else if byte != UInt8(ascii: " ") || !characters.count.isMultiple(of: 4) {
                break
            }
            length += 1
        }
        while length > 0, bytes[bytes.startIndex + length - 1] == UInt8(ascii: " ") { length -= 1 }
        guard (15...34).contains(characters.count), !(bytes.dropFirst(length).first?.isWordCharacter ?? false) else { return nil }
        let rearranged = characters.dropFirst(4) + characters.prefix(4)
        let remainder = rearranged.reduce(0) { rest, byte in
            byte.isDigit
                ? (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97 : (rest * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
        }
        return remainder == 1 ? length : nil
    }

    /// An IPv4 or IPv6 address, with or without a port; loopback and "any" tell nobody's place and stay.
    static func isPublicAddress(_ word: ArraySlice<UInt8>) -> Bool { isIPv4(word) || isIPv6(word) }

    private static func isIPv4(_ word: ArraySlice<UInt8>) -> Bool {
        guard (7...21).contains(word.count), word.first?.isDigit == true else { return false }
        let host = word.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        let parts = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        let numbers = parts.compactMap { part -> Int? in
            guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return nil }
            return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        return numbers.count == 4 && numbers.allSatisfy { $0 <= 255 } && numbers[0] != 127 && numbers[0] != 0
    }

    /// `::` or eight groups; `12:30:45` is a time and `std::vec` a name.
    private static func isIPv6(_ word: ArraySlice<UInt8>) -> Bool {
        guard (6...47).contains(word.count) else { return false }
        let host = word.prefix { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "/") }
        let groups = host.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (3...9).contains(groups.count), groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }) else { return false }
        let isShortened = host.firstRange(of: Array("::".utf8)) != nil
        guard isShortened || groups.count == 8 else { return false }
        return groups.contains { $0.count >= 3 && $0.contains(where: \.isDigit) }
    }
}
