import FoundationEssentials

/// Which links Telegram takes.
///
/// A host without a dot (`http://localhost:8000`, `http://glitchtip:8000`) makes it refuse a message with such a
/// button as a whole; IP addresses pass.
package enum WebAddress {
    package static func isAccepted(_ text: String) -> Bool {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme?.lowercased())
        else { return false }
        if host.hasPrefix("[") || host.contains(":") { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && !labels.contains("")
    }
}
