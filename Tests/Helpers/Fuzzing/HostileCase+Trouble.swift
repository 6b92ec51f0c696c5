import Domain
import FoundationEssentials
import Investigation
import Sandbox

extension HostileCase {
    /// What somebody would see that nobody has written; nil when all is well.
    package var trouble: String? {
        parser ?? telegram ?? terminal ?? comment ?? json
    }

    private var parser: String? {
        let frames = exceptions.flatMap(\.frames)
        if frames.count > 5000 { return "\(frames.count) frames" }
        let isEmpty = frames.contains { $0.filename.isEmpty && $0.function == nil || $0.line ?? 1 < 0 }
        return isEmpty ? "a frame that says nothing" : nil
    }

    private var telegram: String? {
        let html = finding.html()
        switch Understood(html.markup) {
        case .refused(let why): return "Telegram: \(why)"
        case .shown(let text, let kinds):
            if text.utf16.count != html.length { return "the length is not what Telegram counts" }
            if html.length > HTML.messageLimit { return "too long: \(html.length)" }
            let ours: Set = ["bold", "code", "pre", "expandable_blockquote", "text_link"]
            if !kinds.isSubset(of: ours) { return "markup that is not ours: \(kinds.sorted())" }
            if steers(text) { return "the chat is steered" }
            if let line = forged(text) { return "the chat: \(line)" }
            let links = html.markup.split(separator: "<a href=\"", omittingEmptySubsequences: false).dropFirst()
            return links.allSatisfy { $0.hasPrefix(Self.base) } ? nil : "a link that is not ours"
        }
    }

    private var terminal: String? {
        let text = finding.text()
        return steers(text) ? "the terminal is steered" : forged(text).map { "the terminal: \($0)" }
    }

    private var comment: String? {
        let comment = finding.markdown(for: "Ada")
        if steers(comment) { return "control characters in the comment" }
        return forged(comment).map { "the comment: \($0)" } ?? MarkdownReading(comment, links: Self.base).trouble
    }

    private var json: String? {
        guard let bytes = try? finding.json(), let back = try? JSONDecoder().decode(Wire.self, from: Data(bytes)) else {
            return "no JSON"
        }
        let paths = finding.files.prefix(10).map(\.path)
        let isSame =
            back.files.map(\.path) == paths && back.suspects.flatMap(\.reasons) == finding.suspects.flatMap(\.reasons)
        return isSame ? nil : "JSON says something else"
    }

    private struct Wire: Decodable {
        let files: [File]
        let suspects: [Suspect]

        struct File: Decodable { let path: String }
        struct Suspect: Decodable { let reasons: [String] }
    }

    private static let base = "https://github.com/acme/shop/"

    /// A line that a stranger began could pass for one of ours.
    private func forged(_ text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("2026-11-25T08:00:00") }.map {
            "a line of the stranger's, \($0.prefix(80))"
        }
    }

    private func steers(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.turnsOrHides && $0 != "\n" && $0 != "\t" }
    }
}
