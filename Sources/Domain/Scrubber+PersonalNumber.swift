/// Numbers and addresses that belong to somebody, each with the length that it has at the beginning of some bytes.
enum PersonalNumber {
    // MARK: Payment cards

    /// A payment card's number in one piece or in the groups that are printed on cards; it must pass Luhn's check.
    static func cardLength(at bytes: ArraySlice<UInt8>) -> Int? {
        let start = bytes.startIndex
        var digits: [Int] = []
        var groups = [bytes.count(atMost: 20, while: \.isDigit)]
        guard groups[0] >= 4, groups[0] <= 19, (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(bytes[start]) else {
            return nil
        }
        var end = start + groups[0]
        digits += bytes[start..<end].map(\.digit)
        if groups[0] == 4, end < bytes.endIndex, " -.".utf8.contains(bytes[end]) {
            let separator = bytes[end]
            while groups.count < 5, end < bytes.endIndex, bytes[end] == separator {
                let group = bytes[(end + 1)...].prefix(bytes[(end + 1)...].count(atMost: 7, while: \.isDigit))
                guard !group.isEmpty, digits.count + group.count <= 19 else { break }
                groups.append(group.count)
                digits += group.map(\.digit)
                end = group.endIndex
                if Self.groupings.contains(groups), isCard(digits), endsNumber(bytes[end...]) { return end - start }
            }
            return nil
        }
        return isCard(digits) && endsNumber(bytes[end...]) ? end - start : nil
    }

    private static let groupings: Set<[Int]> = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]]

    private static func isCard(_ digits: [Int]) -> Bool {
        guard (13...19).contains(digits.count) else { return false }
        let head = digits.prefix(4).reduce(0) { $0 * 10 + $1 }
        let isIssued =
            switch head {
            case 4000...4999: [13, 16, 19].contains(digits.count)
            case 5100...5599, 2221...2720, 3528...3589: digits.count == 16
            case 3400...3499, 3700...3799: digits.count == 15
            case 3000...3059, 3600...3699, 3800...3899: digits.count == 14
            case 5000...5099, 5600...6999: digits.count >= 16
            default: false
            }
        guard isIssued else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
            let doubled = entry.element * 2
            return sum + (entry.offset.isMultiple(of: 2) ? entry.element : doubled > 9 ? doubled - 9 : doubled)
        }
        return sum.isMultiple(of: 10)
    }

    private static func endsNumber(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let next = rest.first else { return true }
        if next == UInt8(ascii: ".") { return !(rest.dropFirst().first?.isDigit ?? false) }
        return !next.isAlphanumeric
    }

    // MARK: Bank accounts

    /// An IBAN, with or without spaces; its country's length and its check digits must be right.
    static func ibanLength(at bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 15, bytes.prefix(2).allSatisfy(\.isLetter),
            bytes.dropFirst(2).prefix(2).allSatisfy(\.isDigit),
            let expected = ibanLengths[String(decoding: bytes.prefix(2), as: UTF8.self).uppercased()]
        else { return nil }
        var characters: [UInt8] = []
        var index = bytes.startIndex
        while characters.count < expected, index < bytes.endIndex {
            let byte = bytes[index]
            if byte.isAlphanumeric {
                characters.append(byte.isLetter ? byte & ~0x20 : byte)
            } else if byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") || !characters.count.isMultiple(of: 4) {
                return nil
            } else if !bytes[index - 1].isAlphanumeric {
                return nil
            }
            index += 1
        }
        guard characters.count == expected, index == bytes.endIndex || !bytes[index].isWordByte else { return nil }
        let remainder = (characters.dropFirst(4) + characters.prefix(4)).reduce(0) { rest, byte in
            byte.isDigit ? (rest * 10 + byte.digit) % 97 : (rest * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
        }
        return remainder == 1 ? index - bytes.startIndex : nil
    }

    private static let ibanLengths: [String: Int] = {
        let countries = [
            15: "NO", 16: "BE", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN",
            21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
            24: "AD CZ ES MD PK RO SA SE SK TN VG",
            25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
            29: "BR EG PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
        ]
        return countries.reduce(into: [:]) { lengths, entry in
            for country in entry.value.split(separator: " ") { lengths[String(country)] = entry.key }
        }
    }()

    // MARK: Network addresses

    /// An IPv4 address; loopback, "any" and what ends in `.0`, as versions and networks do, is none.
    static func ipv4Length(at bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        var parts: [Int] = []
        while parts.count < 4 {
            let digits = bytes[index...].prefix(bytes[index...].count(atMost: 4, while: \.isDigit))
            let number = digits.reduce(0) { $0 * 10 + $1.digit }
            guard (1...3).contains(digits.count), number <= 255 else { return nil }
            parts.append(number)
            index = digits.endIndex
            if parts.count < 4 {
                guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") else { return nil }
                index += 1
            }
        }
        let rest = bytes[index...]
        let goesOn = rest.dropFirst().first
        if let next = rest.first {
            if next.isWordByte { return nil }
            if next == UInt8(ascii: "."), goesOn?.isDigit ?? false { return nil }
            if next == UInt8(ascii: "-") || next == UInt8(ascii: "+"), goesOn?.isLetter ?? false { return nil }
        }
        return parts[0] == 127 || parts[0] == 0 || parts[3] == 0 ? nil : index - bytes.startIndex
    }

    /// An IPv6 address; `12:30:45` is a time, `a::b` a name in Rust or C++, `::1` this machine.
    static func ipv6Length(at bytes: ArraySlice<UInt8>) -> Int? {
        var length = 0
        var colons = 0
        var isShortened = false
        for byte in bytes.prefix(47) {
            guard byte.isHexDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else { break }
            if byte == UInt8(ascii: ":") {
                colons += 1
                isShortened = isShortened || length > 0 && bytes[bytes.startIndex + length - 1] == byte
            }
            length += 1
        }
        guard isShortened || colons >= 6, length <= 46 else { return nil }
        while length > 0, bytes[bytes.startIndex + length - 1] == UInt8(ascii: ".") { length -= 1 }
        // "2001:db8::1: no route to host"
        if length > 1, bytes[bytes.startIndex + length - 1] == UInt8(ascii: ":"),
            bytes[bytes.startIndex + length - 2] != UInt8(ascii: ":")
        {
            length -= 1
        }
        guard (4...45).contains(length), !(bytes.dropFirst(length).first?.isWordByte ?? false) else { return nil }
        var text = bytes.prefix(length)
        var needed = 8
        if let dot = text.firstIndex(of: UInt8(ascii: ".")), let colon = text[..<dot].lastIndex(of: UInt8(ascii: ":")) {
            // `::ffff:203.0.113.9`
            guard ipv4Length(at: text[(colon + 1)...]) == text.endIndex - colon - 1 else { return nil }
            needed = 6
            text = text[..<colon]
        }
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }) else { return nil }
        let filled = groups.filter { !$0.isEmpty }
        guard
            isShortened
                ? groups.count - filled.count <= 3 && filled.count < needed
                : filled.count == needed && groups.count == needed
        else { return nil }
        let isTelling =
            needed == 6 || filled.count >= 4 || filled.contains { $0.count >= 3 && $0.contains(where: \.isDigit) }
        return isTelling ? length : nil
    }

    // MARK: Others

    /// A Telegram bot's token as BotFather gives it: `123456789:AAF…`; links may write its colon as `%3A`.
    static func botTokenLength(at bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.count(atMost: 41, while: \.isDigit)
        guard (6...40).contains(digits) else { return nil }
        let rest = bytes.dropFirst(digits)
        let colon = rest.first == UInt8(ascii: ":") ? 1 : rest.prefix(3).lowercased == Array("%3a".utf8) ? 3 : 0
        guard colon > 0 else { return nil }
        let secret = rest.dropFirst(colon)
        let length = secret.count { $0.isWordByte || $0 == UInt8(ascii: "-") }
        return length >= 30 || length >= 12 && secret.starts(with: "AA".utf8) ? digits + colon + length : nil
    }

    /// The domain of an e-mail address. `shop-web@2.3.1` is a release, `logo@2x.png` a picture.
    static func domainLength(at bytes: ArraySlice<UInt8>) -> Int? {
        let run = bytes.prefix(
            bytes.count(atMost: 255) {
                $0.isAlphanumeric || $0 >= 0x80 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            })
        var labels = Array(
            run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).prefix { !$0.isEmpty })
        guard let first = labels.first, labels.count >= 2 else { return nil }
        let version = first.first?.lowercased == UInt8(ascii: "v") ? first.dropFirst() : first
        if !version.isEmpty, version.allSatisfy(\.isDigit), labels[1].first?.isDigit ?? false { return nil }
        if first.count <= 3, first.last == UInt8(ascii: "x"), first.dropLast().allSatisfy(\.isDigit), first.count > 1 {
            return nil
        }
        while labels.count >= 2, let top = labels.last {
            let isTop =
                top.count >= 2 && (top.allSatisfy { $0.isLetter || $0 >= 0x80 } || top.starts(with: "xn--".utf8))
            if isTop { return top.endIndex - bytes.startIndex }
            labels.removeLast()
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var digit: Int { Int(self - UInt8(ascii: "0")) }
}
