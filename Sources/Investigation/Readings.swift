import Domain

/// The readings of a project's repositories side by side, put together as if these were folders of one: `src/money.js`
/// of the repository `shop-lib` is `shop-lib/src/money.js`.
struct Readings: Sendable {
    private let readings: [(name: String, reading: Reading)]

    init(_ readings: [Reading]) {
        self.readings = Array(zip(Self.names(of: readings.map(\.repository)), readings))
    }

    /// Two of one name are told apart by a number.
    static func names(of repositories: [Repository]) -> [String] {
        var counts: [String: Int] = [:]
        return repositories.map { repository in
            counts[repository.name, default: 0] += 1
            let count = counts[repository.name] ?? 1
            return count == 1 ? repository.name : "\(repository.name)-\(count)"
        }
    }

    private struct Part: Sendable {
        let name: String
        let reading: Reading
        var located: Reading.Located
        var evidence: Evidence { located.gathered.evidence }
    }

    func read(into finding: inout Finding) async {
        guard let trace = readings.first?.reading.trace else { return }
        finding.notes += trace.notes
        var parts: [Part] = []
        for result in await located(trace) {
            switch result {
            case .success(let part): parts.append(part)
            case .failure(let absence): finding.notes.append(absence.sentence)
            }
        }
        guard !parts.isEmpty else { return }
        await followRenames(in: &parts)
        share(&parts)
        let missing = missing(in: parts)
        let isFound = parts.contains { !$0.evidence.lines.isEmpty }
        parts = await complete(parts, searching: !isFound)
        conclude(parts, missing, &finding)
        for part in parts where finding.sources.contains(where: { $0.name == part.name && !$0.commits.isEmpty }) {
            // Without it the report says everything but in which release it was.
            try? await part.reading.tellReleases(of: part.located.chosen, in: &finding, named: part.name)
        }
    }

    // MARK: Where the frames are

    /// Side by side, in the order of the repositories.
    private func located(_ trace: Trace) async -> [Result<Part, Absence>] {
        await withTaskGroup(of: (Int, Result<Part, Absence>).self) { group in
            for (number, (name, reading)) in readings.enumerated() {
                group.addTask { (number, await locate(trace, name, reading)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func locate(_ trace: Trace, _ name: String, _ reading: Reading) async -> Result<Part, Absence> {
        do {
            let chosen = try await reading.choose()
            return .success(Part(name: name, reading: reading, located: try await reading.locate(trace, at: chosen)))
        } catch {
            let absence = error as? Absence ?? Absence(error)
            return .failure(Absence(absence.sentence.replacing("No code:", with: "No code of \(name):")))
        }
    }

    /// Of frames that no repository has.
    private func followRenames(in parts: inout [Part]) async {
        for number in parts.indices {
            let found = Set(parts.flatMap { $0.located.leads.filter { !$0.matches.isEmpty }.map(\.depth) })
            let name = parts[number].name
            await parts[number].reading.followRenames(in: &parts[number].located, but: found, below: name)
        }
    }

    /// Each frame goes to the repository whose file agrees with most of its path; to the one named first where that does
    /// not tell.
    private func share(_ parts: inout [Part]) {
        var best: [Int: (part: Int, tail: Int, count: Int)] = [:]
        for (number, part) in parts.enumerated() {
            for line in part.evidence.lines {
                let tail = PathIndex.tail(FramePath(line.frame).parts, line.path)
                if let known = best[line.depth], known.tail >= tail {
                    if known.tail == tail { best[line.depth]?.count += 1 }
                } else {
                    best[line.depth] = (number, tail, 1)
                }
            }
        }
        for number in parts.indices {
            parts[number].located.gathered.evidence.lines = parts[number].evidence.lines.compactMap { line in
                guard let choice = best[line.depth], choice.part == number else { return nil }
                var line = line
                line.certainty /= Double(choice.count)
                return line
            }
            parts[number].reading.teach(&parts[number].located)
        }
    }

    /// Frames that no repository has.
    private func missing(in parts: [Part]) -> [String] {
        let places = parts.map { $0.reading.place($0.located.chosen.commit, in: $0.name) }.joined(separator: " or ")
        guard let first = parts.first else { return [] }
        let leads = first.located.leads.enumerated().map { number, lead in
            parts.lazy.compactMap { part -> Tracing.Lead? in
                let leads = part.located.leads
                return leads.indices.contains(number) && !leads[number].matches.isEmpty ? leads[number] : nil
            }.first ?? lead
        }
        return first.reading.missing(leads, places) { path in
            parts.lazy.compactMap { $0.located.index.hiding(path) }.first
        }
    }

    // MARK: Who changed them

    private func complete(_ parts: [Part], searching: Bool) async -> [Part] {
        await withTaskGroup(of: (Int, Part).self) { group in
            for (number, part) in parts.enumerated() {
                group.addTask {
                    var part = part
                    if searching { await search(&part) }
                    guard !part.evidence.lines.isEmpty else { return (number, part) }
                    await part.reading.askHistory(part.located.chosen, part.located.index, &part.located.gathered)
                    return (number, part)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func search(_ part: inout Part) async {
        do {
            try await part.reading.search(&part.located)
        } catch {
            part.located.gathered.notes.append(Absence(error).sentence)
        }
    }

    // MARK: Together

    private func conclude(_ parts: [Part], _ missing: [String], _ finding: inout Finding) {
        guard var whole = parts.first?.evidence.emptied else { return }
        var later = LaterChanges.Found()
        for part in parts {
            whole.add(part.evidence, below: part.name)
            later.add(part.located.gathered.later, below: part.name)
        }
        whole.lines.sort { $0.depth < $1.depth }
        finding.take(Ranking(whole))
        // What happened to the crash says more than what happened to its callers.
        let places = whole.lines.map { LaterChanges.Place(path: $0.path, line: $0.line ?? 0) }
        let order = Dictionary(zip(places, places.indices)) { first, _ in first }
        finding.laterChanges = later.changes.sorted { left, right in
            let rank = { (change: Finding.LaterChange) in order[.init(path: change.path, line: change.line)] ?? .max }
            return rank(left) < rank(right)
        }
        finding.locations = Showing.locations(whole.lines, texts: whole.texts, since: later.fates)
        let home = parts.first { part in finding.locations.first?.path.hasPrefix(part.name + "/") == true } ?? parts[0]
        finding.revision = home.located.chosen.revision
        finding.owners =
            finding.locations.first.flatMap {
                home.located.gathered.owners?.of(String($0.path.dropFirst(home.name.count + 1)))
            } ?? []
        let isTouched = parts.contains { !$0.evidence.lines.isEmpty && !$0.located.gathered.later.isUntouched }
        let notes = missing + parts.flatMap(\.located.gathered.notes).filter { !isTouched || $0 != Reading.untouched }
        finding.notes += Reading.unique(notes, atMost: .max)
        for part in parts { finding.paths[part.reading.repository.name] = part.located.gathered.paths }
        if parts.contains(where: \.located.gathered.isGuess) { finding.promiseNothing() }
        let named = Set(finding.suspects.map(\.sha) + finding.laterChanges.map(\.sha))
        finding.sources = parts.map { part in
            Finding.Source(
                name: part.name, revision: part.located.chosen.revision,
                commits: part.evidence.commits(and: part.located.gathered.later).intersection(named),
                forge: part.reading.repository.forge)
        }
    }
}
