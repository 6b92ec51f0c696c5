import Domain
import FoundationEssentials

/// One reading of the code for one event: gathers in parallel, ranks, and says what it did not find.
struct Reading: Sendable {
    let event: Event
    /// When its issue began, if it has one.
    let firstSeen: Date?
    let git: Git
    let indexes: PathIndexes
    let repository: Repository
    let wanted: Revision
    let seen: FrameStatistics
    let course: Course

    func read(into finding: inout Finding) async {
        do {
            let chosen = try await course.step("revision", saying: "finding the release") {
                try await ChosenRevision(wanted, in: git).get()
            }
            let commit = chosen.commit
            finding.revision = Finding.ReadRevision(sha: commit.sha, date: commit.date, choice: chosen.choice)
            let trace = Trace(event)
            finding.notes += trace.notes
            let gathered = try await gather(trace, at: chosen)
            finding.notes += gathered.notes
            finding.laterChanges = gathered.later.changes
            finding.locations = Showing.locations(
                gathered.evidence.lines, texts: gathered.evidence.texts, since: gathered.later.fates)
            finding.owners = finding.locations.first.flatMap { gathered.owners?.of($0.path) } ?? []
            let ranking = Ranking(gathered.evidence)
            finding.files = ranking.files
            finding.suspects = ranking.suspects
            if gathered.isGuess { Self.promiseNothing(&finding) }
            try await tellReleases(of: chosen, in: &finding)
        } catch let absence as Absence {
            finding.notes.append(absence.sentence)
        } catch {
            finding.notes.append(Absence(error).sentence)
        }
    }

    /// Nothing is likely where the place itself is a guess.
    private static func promiseNothing(_ finding: inout Finding) {
        finding.laterChanges = []
        for index in finding.suspects.indices { finding.suspects[index].isLikely = false }
    }

    /// Which releases have the likely commit, and which one the change that came later. Only then is git asked.
    private func tellReleases(of chosen: ChosenRevision.Choice, in finding: inout Finding) async throws {
        guard chosen.head != nil, finding.suspects.first?.isLikely == true || !finding.laterChanges.isEmpty else {
            return
        }
        let (suspect, changes) = (finding.suspects.first, finding.laterChanges)
        let releases = Releases(git: git, like: chosen.tag)
        let told = try await course.step("releases") {
            async let introduced = releases.introduction(of: suspect, at: chosen.commit.sha)
            async let fixed = releases.first(with: changes.first?.sha)
            return (introduced: await introduced, fixed: await fixed)
        }
        if let words = told.introduced { finding.suspects[0].reasons.append(words) }
        if let tag = told.fixed { finding.laterChanges[0].tag = tag }
    }

    /// What the clone knows about the trace.
    struct Gathered: Sendable {
        var evidence: Evidence
        var later = LaterChanges.Found()
        var owners: Owners?
        /// Whether the places were found by words, and no frame says that they are right.
        var isGuess = false
        var notes: [String] = []
    }

    func gather(_ trace: Trace, at chosen: ChosenRevision.Choice) async throws -> Gathered {
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
        let leads = Tracing.leads(readable.exceptions, in: index)
        try await readTexts(leads, at: commit.sha, &gathered)
        gathered.evidence.lines = Tracing.lines(leads, texts: gathered.evidence.texts)
        gathered.notes += silent(gathered)
        gathered.evidence.isLeak = Noise.isLeak(readable.exceptions)
        gathered.notes += missing(leads, index, commit)
        if gathered.evidence.lines.isEmpty { try await search(readable, index, commit, &gathered) }
        await askHistory(chosen, index, &gathered)
        return gathered
    }

    /// Without the text the file names are left, and who changed them. The owners come along in the same process.
    private func readTexts(_ leads: [Tracing.Lead], at sha: String, _ gathered: inout Gathered) async throws {
        let paths = Self.unique(leads.flatMap { $0.matches.map(\.path) }, atMost: 24)
        guard !paths.isEmpty else { return }
        do {
            var texts = try await course.step("code") { try await git.texts(of: paths + Owners.places, at: sha) }
            let found = Owners.places.compactMap { texts[$0] }.first
            for place in Owners.places where !paths.contains(place) { texts[place] = nil }
            gathered.evidence.texts = texts
            gathered.owners = found.map(Owners.init)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            gathered.notes.append(Absence(error).sentence.replacing("No code:", with: "No lines of code:"))
        }
    }

    /// Names files that are there and cannot be shown; nothing when none could be read, for then that was said.
    private func silent(_ gathered: Gathered) -> [String] {
        let texts = gathered.evidence.texts
        guard !texts.isEmpty || gathered.notes.isEmpty else { return [] }
        let paths = gathered.evidence.lines.map(\.path).filter { texts[$0] == nil }
        return Self.unique(paths, atMost: 2).map { path in
            "No lines of `\(path.replacing("`", with: "'"))`: it is binary, larger than 4 MB or damaged."
        }
    }

    /// By words, when no frame leads to a file.
    private func search(_ trace: Trace, _ index: PathIndex, _ commit: Commit, _ gathered: inout Gathered) async throws {
        let words = SearchWords(trace, event: event)
        guard !words.isEmpty else { return }
        let hits = try await course.step("search", saying: "searching for its words") {
            try await words.hits(in: git, at: commit.sha, folder: repository.folder)
        }
        guard !hits.isEmpty else {
            gathered.notes.append("No code: neither its functions nor its words are in \(place(commit)).")
            return
        }
        gathered.notes.append("Found by searching for its words, so the places are a guess.")
        gathered.isGuess = true
        gathered.evidence.lines = hits
        gathered.evidence.texts = try await git.texts(of: Self.unique(hits.map(\.path), atMost: 8), at: commit.sha)
    }

    // MARK: History

    // Each costs a process that walks the history; further frames are far from the crash.
    private static let mostFrames = 20
    private static let mostBlamed = 5
    private static let mostCompanions = 2
    // Behind that many files of the trace no companion is worth naming, nor the time that it takes from blame.
    private static let fewFiles = 3

    private func askHistory(
        _ chosen: ChosenRevision.Choice, _ index: PathIndex, _ gathered: inout Gathered
    ) async {
        let commit = chosen.commit
        let evidence = gathered.evidence
        let telling = Ranking.telling(evidence, atMost: Self.mostFrames)
        let files = Self.unique(telling.map(\.path), atMost: Self.mostBlamed)
        let traced = Self.unique(evidence.lines.filter { !Noise.isReporting($0.frame) }.map(\.path), atMost: .max)
        let near = traced.count <= Self.fewFiles ? Array(traced.prefix(Self.mostCompanions)) : []
        async let asked = course.step("blame", saying: "asking who changed it") {
            await blames(of: files, telling, evidence.texts, at: commit.sha)
        }
        async let together = course.step("companions") {
            await each(near[...]) { try await git.companions(of: $0, at: commit.sha) }
        }
        async let later = course.step("since") {
            await LaterChanges(git: git, head: chosen.head).find(evidence.lines, since: commit.sha)
        }
        gathered.evidence.blames = (try? await asked) ?? [:]
        gathered.evidence.companions = Companions.choose((try? await together) ?? [:], of: near, evidence, in: index)
        let unknown = files.filter { gathered.evidence.blames[$0]?.lines.isEmpty != false }
        if !unknown.isEmpty {
            let histories = try? await course.step("history") {
                await each(unknown.prefix(2)) { try await git.lastCommits(5, of: $0, at: commit.sha) }
            }
            gathered.evidence.histories = histories ?? [:]
        }
        gathered.later = (try? await later) ?? .init()
        if gathered.later.isUntouched {
            gathered.notes.append("Not fixed by now: nothing changed these lines from the release to HEAD.")
        }
        if !files.isEmpty, gathered.evidence.blames.isEmpty, gathered.evidence.histories.isEmpty {
            gathered.notes.append("No commits: git could not tell who changed these files in time.")
        }
        if FileManager.default.fileExists(atPath: git.path + "/shallow")
            || FileManager.default.fileExists(atPath: git.path + "/.git/shallow")
        {
            gathered.notes.append("The clone is shallow, so the oldest commit in it may stand for older ones.")
        }
    }

    private func blames(
        of files: [String], _ lines: [TracedLine], _ texts: [String: SourceText], at sha: String
    ) async -> [String: Blame] {
        await each(files[...]) { file in
            let ranges = Self.ranges(of: lines.filter { $0.path == file }, count: texts[file]?.count ?? 0)
            return ranges.isEmpty ? Blame() : try await git.blame(file, ranges, at: sha)
        }
    }

    /// Side by side; a file for which it fails is left out.
    private func each<Result: Sendable>(
        _ files: ArraySlice<String>, _ ask: @escaping @Sendable (String) async throws -> Result
    ) async -> [String: Result] {
        await withTaskGroup(of: (String, Result?).self) { group in
            for file in files { group.addTask { (file, try? await ask(file)) } }
            var results: [String: Result] = [:]
            for await (file, result) in group { results[file] = result }
            return results
        }
    }

    /// Each line's function and the lines around, joined where they meet.
    static func ranges(of lines: [TracedLine], count: Int) -> [ClosedRange<Int>] {
        let wanted = lines.compactMap { place -> ClosedRange<Int>? in
            guard let line = place.line, line >= 1, line <= count else { return nil }
            let function = place.function ?? line...line
            return max(
                1, min(function.lowerBound, line - Ranking.window))...min(
                    count, max(function.upperBound, line + Ranking.window))
        }
        var ranges: [ClosedRange<Int>] = []
        for range in wanted.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    // MARK: Words

    /// Names the files of the trace that should be here and are not, the crash first.
    private func missing(_ leads: [Tracing.Lead], _ index: PathIndex, _ commit: Commit) -> [String] {
        guard !leads.isEmpty else { return [] }
        let own = leads.filter { lead in
            let path = FramePath(lead.frame)
            return lead.matches.isEmpty && !path.isForeign && !path.isInstalled && path.name != nil
        }
        if leads.allSatisfy(\.matches.isEmpty), own.isEmpty {
            return ["No code: every frame is in a library or the runtime."]
        }
        let sentences = own.map { lead in
            let path = FramePath(lead.frame)
            let name = path.parts.suffix(4).joined(separator: "/").replacing("`", with: "'")
            let why = index.hiding(path) ?? "not in \(place(commit))"
            return "No code: `\(Finding.clean(name, atMost: 120))` is \(why)."
        }
        return Self.unique(sentences, atMost: 3)
    }

    private func place(_ commit: Commit) -> String {
        let name = repository.path.split(separator: "/").last { $0 != ".git" && $0 != "repo" } ?? "the repository"
        let folder = repository.folder.map { "/\($0)" } ?? ""
        return "\(name)\(folder) at \(commit.sha.prefix(8))"
    }

    static func unique(_ texts: [String], atMost count: Int) -> [String] {
        var seen: Set<String> = []
        return Array(texts.filter { seen.insert($0).inserted }.prefix(count))
    }
}
