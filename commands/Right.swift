import ChatOps

/// Says that an investigation named the right commit.
struct Right: Command {
    static let manual = Manual(
        "right", "ISSUE SHA", "Say that an investigation named the right commit.", role: .responder,
        examples: ["/right 2 2c25aeff"])

    let desk: InvestigationDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        try await Judgement(desk: desk, runbooks: runbooks, isRight: true).run(call)
    }
}
