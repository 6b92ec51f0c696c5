import Domain
import FoundationEssentials

/// One reading of the code for one event: gathers in parallel, ranks, and says what it did not find.
struct Reading: Sendable {
    let event: Event
    let trace: Trace
    /// When its issue began, if it has one.
    let firstSeen: Date?
    let git: Git
    let indexes: PathIndexes
    let repository: Repository
    let wanted: Revision
    let seen: FrameStatistics
    let knownPaths: [PathMapping]
    /// As GlitchTip knows them; it has to be asked.
    let releases: @Sendable () async -> [Release]
    let course: Course

    func read(into finding: inout Finding) async {
        do {
            let chosen = try await choose()
            finding.revision = chosen.revision
            finding.notes += trace.notes
            let gathered = try await gather(trace, at: chosen)
            finding.notes += gathered.notes
            finding.paths = [repository.name: gathered.paths]
            finding.laterChanges = gathered.later.changes
            finding.locations = Showing.locations(
                gathered.evidence.lines, texts: gathered.evidence.texts, since: gathered.later.fates)
            finding.owners = finding.locations.first.flatMap { gathered.owners?.of($0.path) } ?? []
            finding.take(Ranking(gathered.evidence))
            if gathered.isGuess { finding.promiseNothing() }
            try await tellReleases(of: chosen, in: &finding)
        } catch let absence as Absence {
            finding.notes.append(absence.sentence)
        } catch {
            finding.notes.append(Absence(error).sentence)
        }
    }

    func choose() async throws -> ChosenRevision.Choice {
        try await course.step("revision", saying: "finding the release") {
            try await ChosenRevision(wanted, in: git).get()
        }
    }

    /// What the clone knows about the trace.
    struct Gathered: Sendable {
        var evidence: Evidence
        var later = LaterChanges.Found()
        var owners: Owners?
        /// Whether the places were found by words, and no frame says that they are right.
        var isGuess = false
        var paths = PathLesson()
        var notes: [String] = []
    }

    private func gather(_ trace: Trace, at chosen: ChosenRevision.Choice) async throws -> Gathered {
        var located = try await locate(trace, at: chosen)
        await followRenames(in: &located)
        teach(&located)
        located.gathered.notes += missing(located.leads, place(chosen.commit), located.index.hiding)
        if located.gathered.evidence.lines.isEmpty { try await search(&located) }
        await askHistory(chosen, located.index, &located.gathered)
        return located.gathered
    }

    /// Where the trace is in the clone.
    struct Located: Sendable {
        let chosen: ChosenRevision.Choice
        let index: PathIndex
        /// As a person wrote the code.
        let trace: Trace
        var leads: [Tracing.Lead]
        var gathered: Gathered
    }

    func locate(_ trace: Trace, at chosen: ChosenRevision.Choice) async throws -> Located {
        let commit = chosen.commit
        let index = try await course.step("files", saying: "reading the code") {
            try await indexes.index(of: repository, at: commit.sha) { try await git.files(at: commit.sha) }
        }
        var gathered = Gathered(evidence: Evidence(now: event.date ?? commit.date, seen: seen, firstSeen: firstSeen))
        guard index.count > 0 else { throw Absence("No code: there are no files in \(place(commit)).") }

        let minified = await Minified(git: git, folder: repository.sourceMaps)
            .resolve(trace.exceptions, in: index, at: commit.sha)
        gathered.notes += minified.notes
        let readable = Trace(exceptions: minified.exceptions, notes: trace.notes)
        let leads = Tracing.leads(readable.exceptions, in: index, known: knownPaths)
        try await readTexts(leads, at: commit.sha, &gathered)
        gathered.evidence.lines = Tracing.lines(leads, texts: gathered.evidence.texts)
        gathered.notes += silent(gathered)
        gathered.evidence.isLeak = Noise.isLeak(readable.exceptions)
        gathered.evidence.lacking = Lacking(readable.exceptions)
        return Located(chosen: chosen, index: index, trace: readable, leads: leads, gathered: gathered)
    }

    func teach(_ located: inout Located) {
        located.gathered.paths = PathLesson(
            located.gathered.evidence.lines, of: located.leads, known: knownPaths, in: located.index)
    }

    /// Without the text the file names are left, and who changed them. What the repository says of its owners and of
    /// commits without meaning comes along in the same process.
    func readTexts(_ leads: [Tracing.Lead], at sha: String, _ gathered: inout Gathered) async throws {
        let paths = Self.unique(leads.flatMap { $0.matches.map(\.path) }, atMost: 24)
        guard !paths.isEmpty else { return }
        do {
            let besides = Owners.places + [IgnoredCommits.place]
            var texts = try await course.step("code") { try await git.texts(of: paths + besides, at: sha) }
            let found = Owners.places.compactMap { texts[$0] }.first
            gathered.evidence.ignored = IgnoredCommits(texts[IgnoredCommits.place])
            for place in besides where !paths.contains(place) { texts[place] = nil }
            gathered.evidence.texts = texts
            gathered.owners = found.map(Owners.init)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            gathered.notes.append(Absence(error).sentence.replacing("No code:", with: "No lines of code:"))
        }
    }

    /// By words, when no frame leads to a file.
    func search(_ located: inout Located) async throws {
        let commit = located.chosen.commit
        let words = SearchWords(located.trace, event: event)
        guard !words.isEmpty else { return }
        let hits = try await course.step("search", saying: "searching for its words") {
            try await words.hits(in: git, at: commit.sha, folder: repository.folder)
        }
        guard !hits.isEmpty else {
            located.gathered.notes.append("No code: neither its functions nor its words are in \(place(commit)).")
            return
        }
        located.gathered.notes.append("Found by searching for its words, so the places are a guess.")
        located.gathered.isGuess = true
        located.gathered.evidence.lines = hits
        located.gathered.evidence.texts = try await git.texts(
            of: Self.unique(hits.map(\.path), atMost: 8), at: commit.sha)
    }
}
