import Domain
import FoundationEssentials
import Investigation
import Storage

/// The stacks that a project's issues had: which frames are common, and which issues crashed alike.
struct StackMemory: Sendable {
    let statistics: FrameStatistics
    private let stacks: [KeptStack]

    // Below that, two errors of one program only share how it was called.
    private static let least = 0.5
    private static let most = 3

    /// - Parameter issue: the one that is looked at, which must not speak for itself.
    init(_ stacks: [KeptStack], besides issue: Issue.ID) {
        self.stacks = stacks.filter { $0.issue != issue }
        statistics = self.stacks.reduce(into: FrameStatistics()) { $0.learn($1.frames) }
    }

    /// The most alike first.
    func alike(_ event: Event) -> [Issue.ID] {
        let own = StackSignature(event)
        let scored = stacks.compactMap { stack -> (Issue.ID, Double)? in
            guard let score = own.likeness(to: StackSignature(frames: stack.frames), seen: statistics),
                score >= Self.least
            else { return nil }
            return (stack.issue, score)
        }
        return scored.sorted { $0.1 == $1.1 ? $0.0 > $1.0 : $0.1 > $1.1 }.prefix(Self.most).map(\.0)
    }
}

extension Ledger {
    /// Takes down the stack of an issue's newest event, if it has one.
    func remember(_ event: Event, of issue: Issue, at date: Date) async throws {
        let stack = StackSignature(event)
        guard !stack.frames.isEmpty else { return }
        try await keep(KeptStack(issue: issue.id, frames: stack.frames), in: issue.project.slug, at: date)
    }
}

extension InvestigationDesk {
    func memory(of issue: Issue) async throws -> StackMemory {
        StackMemory(try await ledger?.stacks(in: issue.project.slug) ?? [], besides: issue.id)
    }
}
