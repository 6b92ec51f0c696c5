extension String {
    /// A number that is the same wherever it is computed, unlike Swift's own hash (FNV-1a). Not for secrets.
    var fingerprint: UInt64 {
        utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
