import Domain
import FoundationEssentials

/// One reading of the code for one event.
struct Reading: Sendable {
    let event: Event
    let git: Git
    let repository: Repository
    let wanted: Revision
    let seen: FrameStatistics
    let course: Course

    // A trace touches a handful of files of ours; more is recursion through the whole program or a hostile event.
    private static let mostFiles = 8

    func read(into finding: inout Finding) async {
        do {
            let (commit, choice) = try await course.step("revision", saying: "finding the release") {
                try await ChosenRevision(wanted, in: git).get()
            }
            finding.revision = Finding.ReadRevision(sha: commit.sha, date: commit.date, choice: choice)
            let ranking = Ranking(try await evidence(at: commit))
            finding.files = ranking.files
            finding.suspects = ranking.suspects
        } catch let error as Absence {
            finding.notes.append(error.sentence)
        } catch {
            finding.notes.append(Absence(error).sentence)
        }
    }

    func evidence(at commit: Commit) async throws -> Evidence {
        let index = try await course.step("files", saying: "reading the code") {
            PathIndex(try await git.files(at: commit.sha), folder: repository.folder)
        }
        let leads = Tracing.leads(event.exceptions, in: index)
        let paths = Self.unique(leads.flatMap { $0.matches.map(\.path) })
        let texts = try await course.step("code") { try await git.texts(of: Array(paths.prefix(24)), at: commit.sha) }
        let lines = Tracing.lines(leads, texts: texts)

        var evidence = Evidence(lines: lines, now: event.date ?? commit.date, seen: seen)
        let files = Array(Self.unique(lines.map(\.path)).prefix(Self.mostFiles))
        evidence.blames = await blames(of: files, lines, texts, at: commit.sha)
        evidence.histories = await histories(of: files, at: commit.sha)
        return evidence
    }

    private func blames(
        of files: [String], _ lines: [TracedLine], _ texts: [String: SourceText], at sha: String
    ) async -> [String: Blame] {
        let result = try? await course.step("blame", saying: "asking who changed it") {
            await withTaskGroup(of: (String, Blame?).self) { group in
                for file in files {
                    guard let count = texts[file]?.count, count > 0 else { continue }
                    let wanted = lines.filter { $0.path == file }.compactMap(\.line)
                    let ranges = Self.ranges(around: wanted, count: count)
                    guard !ranges.isEmpty else { continue }
                    group.addTask { (file, try? await git.blame(file, ranges, at: sha)) }
                }
                var blames: [String: Blame] = [:]
                for await (file, blame) in group { blames[file] = blame }
                return blames
            }
        }
        return result ?? [:]
    }

    private func histories(of files: [String], at sha: String) async -> [String: [Commit]] {
        let result = try? await course.step("history") {
            await withTaskGroup(of: (String, [Commit]?).self) { group in
                for file in files.prefix(4) {
                    group.addTask { (file, try? await git.lastCommits(5, of: file, at: sha)) }
                }
                var histories: [String: [Commit]] = [:]
                for await (file, commits) in group { histories[file] = commits }
                return histories
            }
        }
        return result ?? [:]
    }

    /// The lines around each, joined where they meet.
    static func ranges(around lines: [Int], count: Int) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for line in Set(lines).sorted() where line >= 1 && line <= count {
            let range = max(1, line - Ranking.window)...min(count, line + Ranking.window)
            if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    private static func unique(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }
}
