/// One pass over a text, from left to right.
///
/// What stands to the left is asked of the output, never of the input: so a second pass sees what the first one saw.
struct ScrubberScan {
    let input: [UInt8]
    var output: [UInt8] = []
    var position = 0
    private var hasChanged = false
    /// Names end here that have been looked at; a part of one is not looked at again.
    private var namesEnd = 0
    /// A value further on that its name has given away; what stands before it is read as any text.
    private var namedValue: NamedValue?
    /// Where the next `-----END` is, once searched.
    private var nextKeyEnd = -1
    /// Up to here a bare AWS secret key may follow its id.
    private var awsEnd = 0
    /// The length of the output when an escape began last.
    private var lastEscape = -9
    private let startsToken = TokenShape.startsToken

    init(_ input: [UInt8]) { self.input = input }

    /// The text without its secrets, nil when it has none.
    mutating func run() -> [UInt8]? {
        output.reserveCapacity(input.count)
        while position < input.count {
            if let value = namedValue, value.start <= position {
                namedValue = nil
                if value.start == position {
                    replace(value.end - position, by: value.mark)
                    continue
                }
            }
            if !takeSecret() {
                output.append(input[position])
                position += 1
            }
        }
        return hasChanged ? output : nil
    }

    private mutating func takeSecret() -> Bool {
        let byte = input[position]
        if byte.isWordByte { return takeWord(byte) }
        if byte <= 0x20 || byte >= 0x80 {
            if byte == 0x1B { lastEscape = output.count }
            return false
        }
        switch byte {
        case UInt8(ascii: "["):
            guard let length = Scrubber.Mark.length(at: input[position...]) else { return takeIPv6() }
            copy(length)
            return true
        case UInt8(ascii: "-"): return takeKeyBlock()
        case UInt8(ascii: "@"): return takeEmail(signLength: 1)
        case UInt8(ascii: "%"):
            guard isEscape(at: position) else { return false }
            lastEscape = output.count
            if !takeEmail(signLength: 3) { copy(3) }
            return true
        case UInt8(ascii: "\\"):
            guard let next = at(position + 1), "nrtu".utf8.contains(next) else { return false }
            lastEscape = output.count
            copy(next == UInt8(ascii: "u") ? min(6, input.count - position) : 2)
            return true
        case UInt8(ascii: ":"): return takeLogin() || takeIPv6()
        case UInt8(ascii: "/"): return takeToken(isBoundary: true)
        default: return false
        }
    }

    /// Something that begins with a letter or a digit here.
    private mutating func takeWord(_ byte: UInt8) -> Bool {
        let isBoundary = endsAtBoundary
        if isBoundary, position >= namesEnd {
            namesEnd = position + input[position...].count { $0.isNameByte }
            if let value = namedValue(nameEnd: namesEnd) {
                namedValue = value
            } else if takeAnnouncedToken() {
                return true
            }
        }
        if startsToken[Int(byte)], takeToken(isBoundary: isBoundary) { return true }
        if byte.isDigit, isBoundary || !(output.last?.isDigit ?? false), takeNumber(isBoundary: isBoundary) {
            return true
        }
        if isBoundary, takeIPv6() || takeAccount() || takeAWSKey() { return true }
        return false
    }

    private mutating func takeToken(isBoundary: Bool) -> Bool {
        guard let token = TokenShape.match(input[position...], isBoundary: isBoundary) else { return false }
        if input[position...].starts(with: [UInt8(ascii: "A")]), token.length == 20 { awsEnd = position + 300 }
        copy(token.kept)
        replace(token.length - token.kept, by: .token)
        return true
    }

    /// `Bearer abc123`, `Basic dXNlcjpwdw==`: the word says that what follows is a token.
    private mutating func takeAnnouncedToken() -> Bool {
        let word = input[position..<namesEnd]
        guard word.count == 6 || word.count == 5, let next = at(namesEnd), next.isSpace,
            word.lowercased == Array("bearer".utf8) || word.lowercased == Array("basic".utf8)
        else { return false }
        let start = namesEnd + input[namesEnd...].count(atMost: 8) { $0.isSpace }
        let length = input[start...].count { $0.isTokenByte }
        guard length >= 8, input[start..<(start + length)].looksRandom else { return false }
        copy(start - position)
        replace(length, by: .token)
        return true
    }

    /// Forty letters of base64 soon after an AWS key id.
    private mutating func takeAWSKey() -> Bool {
        guard position < awsEnd else { return false }
        let isPart = { (byte: UInt8) in byte.isAlphanumeric || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "+") }
        let key = input[position...].prefix(input[position...].count(atMost: 41, while: isPart))
        guard key.count == 40, key.contains(where: \.isCapital), key.contains(where: { !$0.isHexDigit }) else {
            return false
        }
        replace(40, by: .token)
        return true
    }

    private mutating func takeNumber(isBoundary: Bool) -> Bool {
        let rest = input[position...]
        if let length = PersonalNumber.botTokenLength(at: rest) {
            replace(length, by: .token)
        } else if let length = PersonalNumber.cardLength(at: rest), mayStartCard {
            replace(length, by: .card)
        } else if isBoundary, let length = PersonalNumber.ipv4Length(at: rest), mayStartAddress {
            replace(length, by: .address)
        } else {
            return false
        }
        return true
    }

    /// Not the digits after a decimal point, nor those inside of a hash.
    private var mayStartCard: Bool {
        if output.last == UInt8(ascii: "."), output.dropLast().last?.isDigit ?? false { return false }
        let before = output.suffix(24).reversed().prefix { $0.isAlphanumeric }
        return endsAtBoundary || output.last == UInt8(ascii: "_")
            || before.allSatisfy(\.isLetter) && before.contains { !$0.isHexDigit }
    }

    /// `shop-web@1.2.3.4`, `Version=4.2.1.7` and `1.2.3.4.5` are versions.
    private var mayStartAddress: Bool {
        guard let last = output.last else { return true }
        if last == UInt8(ascii: "@") { return output.dropLast().last == UInt8(ascii: "]") }
        if last == UInt8(ascii: "."), output.dropLast().last?.isDigit ?? false { return false }
        let before = output.suffix(12)
        return before.lowercased[...].first(Array("version".utf8)) == nil
    }

    private mutating func takeIPv6() -> Bool {
        let isBracketed = input[position] == UInt8(ascii: "[")
        guard isBracketed || endsAtBoundary, output.last != UInt8(ascii: ":") || input[position] != UInt8(ascii: ":"),
            let length = PersonalNumber.ipv6Length(at: input[(position + (isBracketed ? 1 : 0))...])
        else { return false }
        if isBracketed { copy(1) }
        replace(length, by: .address)
        return true
    }

    private mutating func takeAccount() -> Bool {
        guard let length = PersonalNumber.ibanLength(at: input[position...]) else { return false }
        replace(length, by: .account)
        return true
    }

    // MARK: Keys, logins, e-mail

    /// `-----BEGIN … PRIVATE KEY-----` to its end; of a key cut short, all that can belong to it.
    private mutating func takeKeyBlock() -> Bool {
        let rest = input[position...]
        guard rest.starts(with: Self.keyStart), let title = rest.prefix(64).first(Self.keyTitle) else { return false }
        if nextKeyEnd < position { nextKeyEnd = rest.first(Self.keyEnd) ?? .max }
        var end = title + Self.keyTitle.count
        if nextKeyEnd < .max {
            end = nextKeyEnd + Self.keyEnd.count
            end += input[end...].count(atMost: 64) { !$0.endsLine && $0 != UInt8(ascii: "-") }
            end += input[end...].count(atMost: 5) { $0 == UInt8(ascii: "-") }
        } else {
            end += input[end...].count { $0.isTokenByte || $0.isSpace || $0.endsLine || ":,\\".utf8.contains($0) }
        }
        replace(end - position, by: .privateKey)
        return true
    }

    private static let keyStart = Array("-----BEGIN ".utf8)
    private static let keyTitle = Array("PRIVATE KEY".utf8)
    private static let keyEnd = Array("-----END ".utf8)

    /// `://user:password@` and the key in `https://key@host/1`; `://` itself is copied in any case.
    private mutating func takeLogin() -> Bool {
        let slashes = input[position...].dropFirst()
        let length = slashes.starts(with: "//".utf8) ? 3 : slashes.starts(with: #"\/\/"#.utf8) ? 5 : 0
        guard length > 0 else { return false }
        let scheme = String(
            decoding: Array(
                output.suffix(10).reversed().prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "+") }.reversed()),
            as: UTF8.self)
        copy(length)
        let rest = input[position...]
        var login = rest.prefix(rest.count { !$0.endsAuthority && $0 != UInt8(ascii: "/") })
        if !login.contains(UInt8(ascii: "@")), let colon = login.firstIndex(of: UInt8(ascii: ":")),
            login.first != UInt8(ascii: "["), !login[(colon + 1)...].allSatisfy(\.isDigit)
        {
            // A password with a slash in it.
            login = rest.prefix(rest.count(atMost: 256) { $0 > 0x20 && !$0.isQuote })
        }
        guard let at = login.lastIndex(of: UInt8(ascii: "@")), at > login.startIndex else { return true }
        login = login[..<at]
        let hasPassword = login.contains(UInt8(ascii: ":"))
        guard Scrubber.Mark.length(at: login) != login.count,
            hasPassword || !["ssh", "git", "git+ssh", "svn+ssh", "sftp"].contains(scheme)
        else { return true }
        replace(login.count, by: hasPassword ? .password : .token)
        return true
    }

    /// An address around the `@` or `%40` that stands here.
    private mutating func takeEmail(signLength: Int) -> Bool {
        if signLength == 3, !(input[position + 1] == UInt8(ascii: "4") && input[position + 2] == UInt8(ascii: "0")) {
            return false
        }
        guard let local = localLength, let length = PersonalNumber.domainLength(at: input[(position + signLength)...])
        else {
            return false
        }
        output.removeLast(local)
        replace(signLength + length, by: .email)
        return true
    }

    /// How much of the output is the part of an e-mail address before its `@`; `git@` is nobody.
    private var localLength: Int? {
        var start = output.endIndex
        while start > 0, output.endIndex - start < 128, output[start - 1].isLocalByte { start -= 1 }
        while start < output.endIndex, output[start] & 0xC0 == 0x80 { start += 1 }
        let local = output[start...]
        guard local.contains(where: { $0.isAlphanumeric || $0 >= 0x80 }), !local.elementsEqual("git".utf8) else {
            return nil
        }
        return local.count
    }

    // MARK: Small steps

    func at(_ index: Int) -> UInt8? { index < input.count ? input[index] : nil }

    mutating func copy(_ count: Int) {
        output += input[position..<(position + count)]
        position += count
    }

    mutating func replace(_ count: Int, by mark: Scrubber.Mark) {
        output += mark.rawValue.utf8
        position += count
        hasChanged = true
    }

    func isEscape(at index: Int) -> Bool {
        input[index] == UInt8(ascii: "%") && at(index + 1)?.isHexDigit ?? false && at(index + 2)?.isHexDigit ?? false
    }

    /// Whether a word may begin here: after anything but a letter, digit or underscore, and after an escape: `\n`, `%20`,
    /// `\u0026`, or the colour code of a terminal.
    private var endsAtBoundary: Bool {
        guard let last = output.last, last.isWordByte else { return true }
        guard output.count - lastEscape <= 8 else { return false }
        let tail = output.suffix(8)
        let end = tail.endIndex
        func is_(_ character: Unicode.Scalar, _ distance: Int) -> Bool {
            tail.count >= distance && tail[end - distance] == UInt8(ascii: character)
        }
        if is_("\\", 2) { return "nrt".utf8.contains(last) }
        if is_("%", 3) { return last.isHexDigit && tail[end - 2].isHexDigit }
        if is_("u", 5), is_("\\", 6) { return true }
        return last == UInt8(ascii: "m") && tail.contains(0x1B)
    }
}

extension UInt8 {
    fileprivate var endsAuthority: Bool { self <= 0x20 || isQuote || "?#<>\\".utf8.contains(self) }
    fileprivate var isLocalByte: Bool { isWordByte || self >= 0x80 || ".+-%".utf8.contains(self) }
}
