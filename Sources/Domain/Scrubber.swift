/// Takes secrets and personal data out of text before it leaves the process: for the chat, a comment, the cache, the log.
///
///     Scrubber.scrub("password=hunter2 for ada@example.com")  // "password=[password] for [e-mail]"
///
/// Event text is written by strangers and may be megabytes of traps, so there are no regular expressions: a pass reads
/// the bytes once, and every look ahead or back has a bound. What triage needs stays: commit hashes, event ids, releases,
/// versions, paths, line numbers. So do loopback addresses and `user@localhost`: they tell nobody's place or name.
/// When in doubt something is hidden, so a reader may now and then miss a harmless word.
package enum Scrubber {
    /// The text with a mark such as `[token]` in place of each secret; scrubbing it again changes nothing.
    package static func scrub(_ text: String) -> String {
        var text = text
        // A mark may end what stood before it, and so show a secret there. Real text is quiet after the first change;
        // the bound is for text that was made to be scrubbed forever.
        for _ in 0..<4 {
            var scan = ScrubberScan(Array(text.utf8))
            guard let scrubbed = scan.run() else { return text }
            text = String(decoding: scrubbed, as: UTF8.self)
        }
        return text
    }

    /// The value of a tag, a header, a parameter or an extra: hidden as a whole when its key tells that it is secret.
    package static func scrub(key: String, value: String) -> String {
        let bytes = Array(value.utf8)
        guard let name = SecretName(Array(key.utf8)[...], place: .alone), name.hides(bytes.prefix(64), isPlain: false)
        else {
            return scrub(value)
        }
        return name.mark.rawValue
    }

    /// What stands in the place of what was taken out.
    enum Mark: String, CaseIterable {
        case password = "[password]"
        case token = "[token]"
        case cookie = "[cookie]"
        case privateKey = "[private key]"
        case email = "[e-mail]"
        case address = "[ip]"
        case card = "[card]"
        case account = "[iban]"

        private static let all = allCases.map { Array($0.rawValue.utf8) }

        /// The length of the mark that begins here; other people's marks count too.
        static func length(at bytes: ArraySlice<UInt8>) -> Int? {
            guard bytes.first == UInt8(ascii: "[") else { return nil }
            return all.first { bytes.starts(with: $0) }?.count
                ?? foreign.first { bytes.count >= $0.count && bytes.prefix($0.count).lowercased == $0 }?.count
        }

        private static let foreign = ["[filtered]", "[redacted]", "[hidden]"].map { Array($0.utf8) }
    }
}
