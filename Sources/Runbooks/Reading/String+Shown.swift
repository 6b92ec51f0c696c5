import Domain

extension String {
    /// Without what moves a terminal's cursor or turns the writing.
    var oneLine: String { String(String.UnicodeScalarView(unicodeScalars.filter { !$0.turnsOrHides })) }

    /// As it can stand in a complaint.
    var shown: String {
        let plain = String(prefix(200)).oneLine
        return plain.count > 60 ? plain.prefix(59) + "…" : plain
    }
}
