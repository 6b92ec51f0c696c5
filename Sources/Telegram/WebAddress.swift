import FoundationEssentials

/// Which links Telegram takes.
///
/// A host without a dot (`http://localhost:8000`, `http://glitchtip:8000`) makes it refuse a message with such a
/// button as a whole; IP addresses pass.
package enum WebAddress {
    package static func isAccepted(_ text: String) -> Bool {
        guard text.utf8.count <= 2048, let parts = URLComponents(string: text), let host = parts.host,
            parts.scheme == "http" || parts.scheme == "https"
        else { return false }
        if host.hasPrefix("[") || host.contains(":") { return true }
        return host.split(separator: ".", omittingEmptySubsequences: false).count > 1
            && host.split(separator: ".").count > 1 && !host.hasSuffix(".")
    }
}
