/// Tells how an investigation goes on, and keeps how long its steps took.
actor Course {
    private let progress: @Sendable (String) async -> Void
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var steps: [Finding.Step] = []

    init(progress: @escaping @Sendable (String) async -> Void) {
        self.progress = progress
        start = clock.now
    }

    /// Runs a step; its time counts also when it fails.
    nonisolated func step<Result: Sendable>(
        _ name: String, saying words: String? = nil, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        if let words { await progress(words) }
        let begin = clock.now
        do {
            let result = try await body()
            await note(name, since: begin)
            return result
        } catch {
            await note(name, since: begin)
            throw error
        }
    }

    func timings() -> (steps: [Finding.Step], total: Int) { (steps, Self.milliseconds(clock.now - start)) }

    private func note(_ name: String, since begin: ContinuousClock.Instant) {
        steps.append(Finding.Step(name: name, milliseconds: Self.milliseconds(clock.now - begin)))
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
