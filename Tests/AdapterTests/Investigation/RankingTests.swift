import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Evidence in, order and reasons out.
@Suite struct RankingTests {
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func commit(_ name: String, daysAgo: Double) -> Commit {
        Commit(sha: name, author: "Ada", date: Self.now.addingTimeInterval(-daysAgo * 86400), subject: name)
    }

    private func line(_ path: String, _ line: Int?, _ function: String, depth: Int, certainty: Double = 1) -> TracedLine
    {
        TracedLine(
            frame: Frame(filename: path, function: function, line: line), path: path, line: line, depth: depth,
            exception: 0,
            certainty: certainty, moved: nil)
    }

    private func evidence(_ lines: [TracedLine], blame: [String: [(Int, Commit)]]) -> Evidence {
        var evidence = Evidence(lines: lines, now: Self.now, seen: FrameStatistics())
        evidence.blames = blame.mapValues { pairs in
            var blame = Blame(lines: pairs.map { BlamedLine(line: $0.0, sha: $0.1.sha) })
            for (_, commit) in pairs { blame.commits[commit.sha] = commit }
            return blame
        }
        return evidence
    }

    @Test func `nearer beats farther, and the reason says how near`() {
        let ranking = Ranking(
            evidence(
                [line("a.c", 10, "f", depth: 0)],
                blame: ["a.c": [(10, commit("near", daysAgo: 100)), (18, commit("far", daysAgo: 100))]]))
        #expect(ranking.suspects.map(\.sha) == ["near", "far"])
        #expect(ranking.suspects.map(\.isLikely) == [true, false])
        #expect(
            ranking.suspects.map(\.reasons) == [
                ["changed a.c:10, the line of the crash"], ["changed a.c:18, 8 lines from the crash"],
            ])
    }

    @Test func `a commit that takes another back, and the first of the repository, are seldom to blame`() {
        func order(_ first: Commit, isRoot: Bool = false) -> [String] {
            var evidence = evidence(
                [line("a.c", 10, "f", depth: 0)],
                blame: ["a.c": [(10, first), (12, commit("other", daysAgo: 100))]])
            if isRoot { evidence.blames["a.c"]?.roots = [first.sha] }
            return Ranking(evidence).suspects.map(\.sha)
        }
        #expect(order(commit("near", daysAgo: 100)) == ["near", "other"])
        #expect(order(commit("Revert \"near\"", daysAgo: 100)) == ["other", "Revert \"near\""])
        #expect(order(commit("near", daysAgo: 100), isRoot: true) == ["other", "near"])
    }

    @Test func `nobody is likely where git was stopped before it had told who wrote all of it`() {
        var evidence = evidence(
            [line("a.c", 10, "f", depth: 0)],
            blame: ["a.c": [(10, commit("near", daysAgo: 100)), (18, commit("far", daysAgo: 100))]])
        evidence.blames["a.c"]?.isCut = true
        #expect(Ranking(evidence).suspects.map(\.sha) == ["near", "far"])
        #expect(Ranking(evidence).suspects.map(\.isLikely) == [false, false])
    }

    @Test(arguments: [
        ("", true), ("   ", true), ("}", true), ("    });", true), ("  // why", true), ("    # why", true),
        ("    # if it were so", true), (" * why", true), ("/* why */", true), ("  end", true), ("  } else {", true),
        ("else:", true), ("#include <a.h>", false), ("#if A", false), ("    return x", false), ("*p = 1;", false),
        ("} else if (a) {", false), ("f();", false), ("end_of(x)", false),
    ])
    func `blank lines, comments and brackets are silent, code is not`(line: String, isSilent: Bool) {
        #expect(SourceText("\(line)\n".utf8).isSilent(1) == isSilent)
    }

    @Test func `who wrote only comments and brackets near the crash is no suspect, the line itself always counts`() {
        var evidence = evidence(
            [line("a.c", 3, "f", depth: 0)],
            blame: [
                "a.c": [
                    (1, commit("code", daysAgo: 400)), (2, commit("comment", daysAgo: 10)),
                    (3, commit("crash", daysAgo: 400)), (4, commit("bracket", daysAgo: 10)),
                ]
            ])
        evidence.texts["a.c"] = SourceText("int f(int *p) {\n  // the first\n  /* odd */\n}\n".utf8)
        #expect(Ranking(evidence).suspects.map(\.sha) == ["crash", "code"])
    }

    @Test func `who wrote a long run of lines is likelier than who touched one of as near`() {
        let lines = (11...30).map { ($0, commit("long", daysAgo: 400)) } + [(9, commit("touch", daysAgo: 400))]
        let evidence = evidence([line("a.c", 10, "f", depth: 0)], blame: ["a.c": lines])
        #expect(Ranking(evidence).suspects.map(\.sha) == ["long", "touch"])
        #expect(evidence.longestRuns() == ["long": 20, "touch": 1])
    }

    @Test func `younger beats older on the same distance, and nobody is accused on a narrow lead`() {
        let ranking = Ranking(
            evidence(
                [line("a.c", 10, "f", depth: 0)],
                blame: ["a.c": [(9, commit("old", daysAgo: 500)), (11, commit("young", daysAgo: 100))]]))
        #expect(ranking.suspects.map(\.sha) == ["young", "old"])
        #expect(ranking.suspects.allSatisfy { !$0.isLikely })
    }

    @Test(arguments: [(2.0, true), (9.0, false), (-1.0, false)])
    func `the commit is likely that wrote the line of the crash just before the issue began`(
        daysBefore: Double, isLikely: Bool
    ) {
        var evidence = evidence(
            [line("a.c", 10, "f", depth: 0), line("a.c", 14, "g", depth: 1)],
            blame: [
                "a.c": [
                    (9, commit("old", daysAgo: 500)), (10, commit("new", daysAgo: 20)),
                    (14, commit("call", daysAgo: 90)),
                ]
            ])
        evidence.firstSeen = Self.now.addingTimeInterval((daysBefore - 20) * 86_400)
        let first = Ranking(evidence).suspects.first
        #expect(first?.sha == "new")
        #expect(first?.isLikely == isLikely)
        #expect(first?.reasons.contains("the issue began 2 days after it") == isLikely)
    }

    @Test(arguments: [
        "abort", "__assert_fail", "raise", "zlog_backtrace_sigsafe", "_zlog_assert_failed", "ovs_assert_failure",
    ])
    func `a frame that only reports the failure is passed over`(function: String) {
        let ranking = Ranking(
            evidence(
                [line("lib/log.c", 5, function, depth: 0), line("a.c", 10, "f", depth: 1)],
                blame: [
                    "lib/log.c": [(5, commit("logging", daysAgo: 1))], "a.c": [(10, commit("guilty", daysAgo: 100))],
                ]))
        #expect(ranking.suspects.first?.sha == "guilty")
        #expect(ranking.files.first?.path == "a.c")
    }

    @Test func `a frame that every event has counts less`() {
        var evidence = evidence(
            [line("loop.c", 5, "run_loop", depth: 0), line("a.c", 10, "f", depth: 1)],
            blame: ["loop.c": [(5, commit("common", daysAgo: 10))], "a.c": [(10, commit("rare", daysAgo: 10))]])
        #expect(Ranking(evidence).suspects.first?.sha == "common")
        for _ in 0..<20 {
            let frame = Frame(filename: "loop.c", function: "run_loop", line: 5)
            evidence.seen.learn(Event(id: "", title: "", exceptions: [Exception(type: "", value: "", frames: [frame])]))
        }
        #expect(Ranking(evidence).suspects.first?.sha == "rare")
    }

    @Test func `what takes memory that leaks is seldom at fault`() {
        var evidence = Evidence(
            lines: [line("memory.c", 5, "qcalloc", depth: 0), line("a.c", 10, "read_config", depth: 1)],
            now: Self.now, seen: FrameStatistics())
        #expect(Ranking(evidence).files.map(\.path) == ["memory.c", "a.c"])
        evidence.isLeak = true
        #expect(Ranking(evidence).files.map(\.path) == ["a.c", "memory.c"])
    }

    @Test func `a file that changes with the crash's is named behind it`() {
        var evidence = Evidence(
            lines: [line("a.c", 10, "f", depth: 0)], now: Self.now, seen: FrameStatistics())
        evidence.companions = ["b.c": 0.4, "c.c": 0.1]
        #expect(Ranking(evidence).files.map(\.path) == ["a.c", "b.c", "c.c"])
    }

    @Test func `the function that made the value that failed is likelier than the one that it was handed to`() {
        var evidence = Evidence(
            lines: [line("a.c", 3, "f", depth: 0), line("b.c", 4, "g", depth: 1)], now: Self.now,
            seen: FrameStatistics())
        evidence.texts["a.c"] = SourceText("int f(int *p)\n{\n\treturn *p;\n}\n".utf8)
        evidence.texts["b.c"] = SourceText("int g(int *q)\n{\n\tint *mine = h();\n\treturn f(mine);\n}\n".utf8)
        let made = Ranking(evidence)
        #expect(made.handover == Finding.Handover(Origin(of: evidence.lines, texts: evidence.texts), in: evidence))
        #expect(made.handover?.names == ["p"])
        #expect(made.handover?.place == "b.c:4")
        evidence.texts["b.c"] = SourceText("int g(int *q)\n{\n\tint *mine = h();\n\treturn f(q);\n}\n".utf8)
        let handedOn = Ranking(evidence)
        #expect(handedOn.handover == nil)
        #expect(score(of: "b.c", made) > score(of: "b.c", handedOn))
    }

    /// A crash, and two frames that it may have been called from; of each the path and the function.
    @Test(arguments: [
        ("lib/x.c", ("app/a.c", "run_once"), ("app/b.c", "price")),  // It only passes control on.
        ("lib/x.c", ("common/a.c", "total"), ("app/b.c", "price")),  // Others use it as well.
        ("app/x.c", ("app/a.c", "total"), ("web/b.c", "price")),  // The other is where two parts of the program meet.
    ])
    func `a caller is less likely than another`(crash: String, caller: (String, String), other: (String, String)) {
        func chance(_ path: String, _ function: String) -> Double {
            score(
                of: path,
                Ranking(
                    Evidence(
                        lines: [line(crash, 1, "add", depth: 0), line(path, 1, function, depth: 1)], now: Self.now,
                        seen: FrameStatistics())))
        }
        #expect(chance(caller.0, caller.1) < chance(other.0, other.1))
    }

    @Test(arguments: [
        ("main", true), ("bgp_thread_call", true), ("EventLoop.dispatch", true), ("handleRequest", true),
        ("Handler.total", false), ("restart", false), ("total", false),
    ])
    func `a function's name says whether it passes control on`(function: String, isPassing: Bool) {
        #expect(Noise.passesOn(Frame(filename: "a.c", function: function, line: 1)) == isPassing)
    }

    @Test(arguments: [
        ("lib/cart.c", true), ("src/util/cart.c", true), ("app/utils.py", true), ("src/cart.c", false),
        ("library/cart.c", false), ("app/utils_test.py", false),
    ])
    func `a path says whether others use it`(path: String, isShared: Bool) {
        #expect(PathIndex.isShared(path) == isShared)
    }

    @Test func `who wrote more of the function is likelier`() {
        func first(of authors: [String]) -> String? {
            var evidence = evidence(
                [line("a.c", 3, "f", depth: 0)],
                blame: ["a.c": authors.enumerated().map { ($0 + 4, commit($1, daysAgo: 100)) }])
            evidence.lines[0].function = 1...20
            return Ranking(evidence).suspects.first?.sha
        }
        #expect(first(of: ["near", "far", "third", "far"]) == "near")
        #expect(first(of: ["near"] + Array(repeating: "far", count: 9)) == "far")
    }

    @Test func `a file that defines what the message says is lacking something is named, in the trace or not`() {
        var evidence = Evidence(
            lines: [line("a.py", 1, "f", depth: 0), line("b.py", 1, "g", depth: 1)], now: Self.now,
            seen: FrameStatistics())
        let without = Ranking(evidence)
        evidence.defining = ["c.py"]
        #expect(Ranking(evidence).files.contains { $0.path == "c.py" && $0.line == nil })
        evidence.defining = ["b.py"]
        #expect(score(of: "b.py", Ranking(evidence)) > score(of: "b.py", without))
    }

    private func score(of path: String, _ ranking: Ranking) -> Double {
        ranking.files.first { $0.path == path }?.score ?? 0
    }

    @Test(arguments: [
        ("Reindent everything", true), ("lib: clang-format", true), ("Remove the style sheet cache", true),
        ("Take the price from the offer", false), ("Restyled search", false),
    ])
    func `a subject says whether only the looks changed`(subject: String, expected: Bool) {
        #expect(Noise.isCosmetic(subject) == expected)
    }

    @Test func `at most ten of each, scores between 0 and 1, the same order every time`() {
        let lines = (1...30).map { line("f\($0).c", 10, "f\($0)", depth: $0) }
        let blame = Dictionary(uniqueKeysWithValues: lines.map { ($0.path, [(10, commit($0.path, daysAgo: 50))]) })
        let ranking = Ranking(evidence(lines, blame: blame))
        #expect(ranking.files.count == 10)
        #expect(ranking.suspects.count == 10)
        #expect((ranking.files.map(\.score) + ranking.suspects.map(\.score)).allSatisfy { (0...1).contains($0) })
        #expect(Ranking(evidence(lines, blame: blame)).suspects == ranking.suspects)
    }

    @Test func `nothing in, nothing out`() {
        let ranking = Ranking(Evidence(now: Self.now, seen: FrameStatistics()))
        #expect(ranking.files.isEmpty)
        #expect(ranking.suspects.isEmpty)
    }
}
