import ChatOps
import Domain

/// Teaches which commit was behind an issue; later investigations say so.
struct TeachCulprit: Command {
    static let manual = Manual(
        "culprit", "ISSUE SHA", "Teach which commit was behind an issue.", role: .responder,
        examples: ["/culprit 2 2c25aeff", "/culprit SHOP-WEB-2 2c25aeff"])

    let desk: InvestigationDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let (reference, sha) = try arguments.issueAndCommit()
        try arguments.end()

        let issue = try await desk.issue(reference)
        let (culprit, named) = try await desk.teach(sha, as: call.sender, on: issue, at: call.date)

        let place =
            named.map { $0.place == 1 ? "I had named it first." : "I had it in place \($0.place)." }
            ?? "I had not named it."
        return Reply(
            "📌 Noted: \(HTML.code(culprit.sha.prefix(8))) “\(culprit.subject.cut(to: 100))” by \(culprit.author) was behind "
                + "\(issue.shortID). \(place)",
            keyboard: [[.investigate(issue.id)]], about: issue.id, outcome: "taught")
    }
}
