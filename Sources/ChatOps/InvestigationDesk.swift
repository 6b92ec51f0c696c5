import Domain
import FoundationEssentials
import GlitchTip
import Investigation
import Storage

/// Carries an investigation through: asks GlitchTip, lets the investigator read the code, keeps the finding for 24 hours.
package struct InvestigationDesk: Sendable {
    /// A finding, and the issue as it is now.
    package struct Result: Sendable {
        package let issue: Issue
        /// Nil when GlitchTip has deleted them all by now.
        package let event: Event?
        package let finding: Finding
        /// When it was found, if not just now.
        package let cachedAt: Date?
    }

    private struct Found {
        let finding: Finding
        let cachedAt: Date?
    }

    let glitchtip: GlitchTipAPI
    let clones: Clones
    let repositories: [String: [RepositoryEntry]]
    private let settings: CodeSettings
    let investigator: Investigator
    private let cache: any Cache
    private let keys: RedisKeys
    private let version: String
    private let tally: Tally
    /// Those who ask for the same at the same moment share one run.
    private let running = JointWork<Found>()
    /// What it learns is kept there; nil in a terminal, where it learns nothing.
    var ledger: Ledger?
    /// The title of a runbook by its name.
    var runbookTitle: @Sendable (String) async -> String? = { _ in nil }

    /// - Parameter repositories: by project slug, the main one first.
    /// - Parameter version: the program's; a finding of another one is not shown.
    package init(
        glitchtip: GlitchTipAPI, clones: Clones, repositories: [String: [RepositoryEntry]],
        settings: CodeSettings = CodeSettings(), investigator: Investigator, cache: any Cache, keys: RedisKeys,
        version: String, tally: Tally = Tally()
    ) {
        self.glitchtip = glitchtip
        self.clones = clones
        self.repositories = repositories
        self.settings = settings
        self.investigator = investigator
        self.cache = cache
        self.keys = keys
        self.version = version
        self.tally = tally
    }

    package func link(to issue: Issue.ID) -> String { glitchtip.link(to: issue) }

    /// Investigates, or gives back what was found for the same event and the same code in the last 24 hours.
    ///
    /// - Parameter fresh: look again in any case.
    /// - Parameter isShown: false when no report comes of it, so that it does not count as one.
    /// - Parameter progress: called with a few words when a step begins.
    package func investigate(
        _ reference: IssueReference, fresh: Bool, at date: Date, isShown: Bool = true,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> Result {
        let clock = ContinuousClock()
        let begin = clock.now
        do {
            let (found, way) = try await find(reference, fresh: fresh, at: date, progress: progress)
            await tally.count(way, taking: clock.now - begin)
            return try await taught(found, at: date, isShown)
        } catch {
            // Neither a wrong number nor the end of the bot is a fault.
            let isFault = !(error is CancellationError) && error as? GlitchTipError != .notFound
            if isFault { await tally.count(.failed, taking: clock.now - begin) }
            throw error
        }
    }

    private func find(
        _ reference: IssueReference, fresh: Bool, at date: Date,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> (Result, Tally.Way) {
        await progress("asking GlitchTip")
        let (issue, event) = try await subject(of: reference)
        let code = try await code(of: issue.project)
        let key = await key(for: issue, event, in: code.repositories)
        let run = fresh ? "fresh:" + key : key
        let (found, isShared) = try await running.value(for: run, progress: progress) { progress in
            if !fresh, let kept = await kept(key) { return Found(finding: kept.finding, cachedAt: kept.date) }
            let finding = try await look(into: issue, event, code, at: date, progress: progress)
            await keep(Kept(finding: finding, date: date), as: key)
            return Found(finding: finding, cachedAt: nil)
        }
        let result = Result(issue: issue, event: event, finding: found.finding, cachedAt: found.cachedAt)
        return (result, isShared ? .shared : found.cachedAt == nil ? .done : .cached)
    }

    private func look(
        into issue: Issue, _ event: Event?, _ code: (repositories: [Repository], notes: [String]), at date: Date,
        progress: @escaping @Sendable (String) async -> Void
    ) async throws -> Finding {
        let known = event ?? Event(id: "", issue: issue.id, title: issue.title, message: issue.metadata.value ?? "")
        async let tags = tagCounts(of: issue.id)
        let found = Candidates()
        let memory = try await self.memory(of: issue)
        let paths = try await self.paths(of: issue.project)
        var finding = await investigator.investigate(
            known, issue: issue, in: code.repositories,
            absence: code.notes.first ?? "",
            at: .ofRelease(known.release, settings.tags[issue.project.slug]),
            seen: memory.statistics, paths: paths.mappings,
            similar: { await found.keep(await candidates(for: issue, alike: memory.alike(known))) },
            releases: { await releases(of: issue.project) }, progress: progress)
        // What was cut off must not be kept as what there is.
        try Task.checkCancellation()
        finding.note(await tags, against: await found.events)
        finding.forge = finding.forge ?? settings.forges[issue.project.slug]?.first
        if event == nil { finding.notes.append("GlitchTip has no event of this issue any more, only its title.") }
        finding.notes += code.repositories.isEmpty ? code.notes.dropFirst() : code.notes[...]
        try await learn(finding.paths, paths, at: date)
        try await ledger?.remember(known, of: issue, at: date)
        return finding
    }

    /// Writes the finding under its issue in GlitchTip. False when it stands there already: GlitchTip itself is asked, so
    /// that a crash or a second Tipline cannot write it twice.
    package func comment(_ result: Result, for person: String?) async throws -> Bool {
        let comments = try await glitchtip.comments(on: result.issue.id, limit: 50)
        guard !comments.contains(where: { result.finding.isWritten(in: $0.text) }) else { return false }
        _ = try await glitchtip.comment(result.finding.markdown(for: person), on: result.issue.id)
        return true
    }

    /// Nil for an event when GlitchTip has deleted them all by now.
    func subject(of reference: IssueReference) async throws -> (Issue, Event?) {
        if case .id(let id) = reference {
            async let event = glitchtip.latestEventIfAny(of: id)
            return (try await glitchtip.issue(id), try await event)
        }
        let issue = try await glitchtip.issue(reference)
        return (issue, try await glitchtip.latestEventIfAny(of: issue.id))
    }

    // MARK: The code

    /// A clone that cannot be read is no reason to say nothing: the notes tell why there is no code.
    func code(of project: Project) async throws -> (repositories: [Repository], notes: [String]) {
        guard let entries = repositories[project.slug] else {
            return ([], ["No code: TIPLINE_REPOS names no repository for \(project.slug)."])
        }
        let found = try await withThrowingTaskGroup(of: (Int, Repository?, String?).self) { group in
            for (number, entry) in entries.enumerated() {
                group.addTask {
                    do {
                        let (repository, note) = try await clones.repository(for: entry)
                        return (number, repository, note)
                    } catch let error as CloneError {
                        return (number, nil, "No code: \(error.explanation)")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        let forges = settings.forges[project.slug] ?? []
        let repositories = found.compactMap { number, repository, _ -> Repository? in
            guard var repository else { return nil }
            repository.sourceMaps = settings.sourceMaps[project.slug]
            // What the operator said goes before what `origin` says; for several, in their order.
            let guessed = repository.origin.flatMap { Forge(remote: $0) }
            repository.forge = forges.indices.contains(number) ? forges[number] : guessed
            return repository
        }
        return (repositories, found.compactMap(\.2))
    }

    // MARK: The cache

    private func key(for issue: Issue, _ event: Event?, in repositories: [Repository]) async -> String {
        var heads: [String] = []
        for repository in repositories { heads.append(await investigator.head(of: repository) ?? "") }
        let head = heads.joined(separator: "+")
        return keys.investigation(issue: issue.id.number, event: event?.id ?? "", head: head, version: version)
    }

    private struct Kept: Codable {
        let finding: Finding
        let date: Date
    }

    private func kept(_ key: String) async -> Kept? {
        guard let bytes = await cache.value(for: key) else { return nil }
        // One that an older program wrote in another form is looked for anew.
        return try? JSONDecoder().decode(Kept.self, from: Data(bytes))
    }

    private func keep(_ kept: Kept, as key: String) async {
        guard let bytes = try? JSONEncoder().encode(kept) else { return }
        await cache.set(Array(bytes), for: key, lifetime: RedisKeys.investigationLifetime)
    }
}
