import ChatOps

/// Says that it did not; the commit is not called likely any more.
struct Wrong: Command {
    static let manual = Manual(
        "wrong", "ISSUE SHA", "Say that a commit was not it.", role: .responder, examples: ["/wrong 2 2c25aeff"])

    let desk: InvestigationDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        try await Judgement(desk: desk, runbooks: runbooks, isRight: false).run(call)
    }
}
