import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Events are written by strangers, and repositories are not always whole.
@Suite(.timeLimit(.minutes(2))) struct HostileFrameTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    @Test(arguments: [
        "../../etc/passwd", "/etc/passwd", "--exec=touch x", "-L1,5", "lib/cart.js\u{0}x", "", "/", "..", ":(glob)**",
        ":/",
        String(repeating: "a/", count: 2000), String(repeating: "x", count: 4000), "C:\\..\\..\\x", "a\nb.js",
        "HEAD:lib/cart.js",
        "`rm`.js", "\u{202E}sj.trac",
    ])
    func `a path that is not in the file list is never opened`(path: String) async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let frames = [Frame(filename: path, absolutePath: path, function: path, line: 1)]
            let event = Event(id: "a", title: "x", exceptions: [Exception(type: "E", value: "v", frames: frames)])
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.allSatisfy { ["lib/cart.js", "server.js", "README.md"].contains($0.path) })
            #expect(!finding.text().contains("root:"))
            #expect(finding.html().length <= 4096)
            #expect(!finding.markdown(for: nil).contains("\u{202E}"))
        }
    }

    @Test(arguments: [
        "--output=RAN", "--pre=touch RAN", "-O touch RAN", "--open-files-in-pager=touch RAN", "--exec=touch RAN",
        "$(touch RAN)", "`touch RAN`", "; touch RAN", "| touch RAN", "ext::sh -c 'touch RAN'", ":(exclude)*",
        ":(glob)**",
        ":/Add", "HEAD^{/Add}", "@{-1}", "HEAD~1", "refs/heads/main", "main..HEAD", "^HEAD", "--all", "-L1,5:x",
        "--not",
        ".*", "\\(", "[", "-e x -f /etc/passwd", "--", "\u{0}", "a\nb", "cat file\tx\u{1B}[2J",
    ])
    func `text in any field of an event steers no program`(text: String) async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let words = text.replacing("RAN", with: shop.parent + "/ran")
            let files = try FileManager.default.subpathsOfDirectory(atPath: shop.parent).sorted()
            let frames = [
                Frame(filename: words, absolutePath: words, function: words, module: words, line: 1, contextLine: words)
            ]
            let events = [
                Event(
                    id: words, title: words, message: words, platform: words, transaction: words,
                    exceptions: [Exception(type: words, value: words, frames: frames)],
                    breadcrumbs: [.init(category: words, message: words)],
                    request: .init(method: words, url: words, query: [Tag(key: words, value: words)]),
                    tags: [Tag(key: "release", value: words)], extra: [words: words]),
                // Without frames it is searched for by its words.
                Event(id: "a", title: "\(words) is undefined", message: "\(words) is undefined and \(words)"),
            ]
            for event in events {
                let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(words))
                #expect(finding.revision?.choice.hasPrefix("HEAD, as the clone has no tag or commit") == true)
                #expect(finding.laterChanges == [])
                #expect(!finding.text().contains("root:"))
                #expect(finding.notes.allSatisfy { $0.hasSuffix(".") })
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: shop.parent).sorted() == files)
        }
    }

    @Test func `a trace of a megabyte in the message is read, and the answer comes in time`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let frame = "    at total (/srv/app/lib/cart.js:7:3)\n"
            let text = "TypeError: deep\n" + String(repeating: frame, count: (1 << 20) / frame.utf8.count)
            let finding = await investigator.finding(Event(id: "a", title: text, message: text), in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/cart.js:7"])
            #expect(finding.suspects.first?.sha == culprit)
            #expect(finding.text().utf8.count < 10_000)
        }
    }

    @Test func `a cause that is its own cause is followed once`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let java = """
                com.shop.Failed: no
                \tat com.shop.Cart.total(Cart.java:31)
                Caused by: com.shop.Failed: again
                \tat com.shop.Cart.add(Cart.java:9)
                Caused by: [CIRCULAR REFERENCE: com.shop.Failed: no]
                """
            #expect(TraceParser.exceptions(in: java).map(\.value) == ["again", "no"])
            // As SDKs send one: the same exception again and again.
            let one = Exception(type: "E", value: "v", frames: [Frame(filename: "lib/cart.js", line: 7)])
            let event = Event(id: "a", title: "x", exceptions: Array(repeating: one, count: 500))
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/cart.js:7"])
        }
    }

    @Test(arguments: [-1, 0, 14, 1_000_000_000, .max])
    func `a line outside the file keeps the file`(line: Int) async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let event = SampleRepository.crash(line: line, function: "sum")
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.files.contains { $0.path == "lib/cart.js" })
            #expect(finding.locations.first { $0.path == "lib/cart.js" }?.code.isEmpty == true)
            #expect(finding.suspects.contains { $0.reasons.contains("the latest change to lib/cart.js") })
        }
    }

    @Test func `ten thousand frames take no longer than sixty`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let frame = Frame(filename: "lib/cart.js", function: "total", line: 7)
            let event = Event(
                id: "a", title: "deep",
                exceptions: Array(
                    repeating: Exception(type: "E", value: "v", frames: Array(repeating: frame, count: 1000)), count: 10
                ))
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/cart.js:7"])
        }
    }

    @Test func `binary and huge files are named without their lines`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("lib/blob.js", [UInt8](repeating: 0, count: 5000))
            try shop.write("lib/huge.js", [UInt8](repeating: 0x0A, count: 5 << 20))
            try await shop.commit("Add both")
            for name in ["lib/blob.js", "lib/huge.js"] {
                let frame = Frame(filename: name, line: 3)
                let event = Event(id: "a", title: "x", exceptions: [Exception(type: "E", value: "v", frames: [frame])])
                let finding = await investigator.finding(event, in: shop.repository)
                #expect(finding.locations.map(\.path) == [name])
                #expect(finding.locations.first?.code == [])
            }
        }
    }

    @Test func `a file of 50 MB hides no other's lines`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try shop.write("lib/huge.js", [UInt8](repeating: 0x0A, count: 50 << 20))
            try await shop.commit("Add a huge one")
            let frames = [Frame(filename: "lib/huge.js", line: 3), Frame(filename: "lib/cart.js", line: 7)]
            let event = Event(id: "a", title: "x", exceptions: [Exception(type: "E", value: "v", frames: frames)])
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.path) == ["lib/cart.js", "lib/huge.js"])
            #expect(finding.locations.map(\.code.isEmpty) == [false, true])
        }
    }

    @Test func `a repository without commits, and a folder that is none`() async throws {
        try await SampleRepository.run { shop in
            let empty = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(empty.notes == ["No code: the repository has no commits."])
            let missing = await investigator.finding(
                SampleRepository.crash(), in: Repository(path: shop.parent + "/nowhere"))
            #expect(missing.notes == ["No code: the clone could not be read."])
            let unknown = await investigator.finding(
                SampleRepository.crash(), in: shop.repository, at: .exactly("--all"))
            #expect(unknown.notes == ["No code: the clone has no commit --all."])
        }
    }

    @Test func `a shallow clone says so`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("clone", "--quiet", "--depth=1", "file://\(shop.path)", "\(shop.parent)/shallow")
            let finding = await investigator.finding(
                SampleRepository.crash(), in: Repository(path: shop.parent + "/shallow"))
            #expect(finding.locations.first?.place == "lib/cart.js:7")
            #expect(
                finding.notes == ["The clone is shallow, so the oldest commit in it may stand for older ones."])
        }
    }

    @Test func `a locked index is no hindrance`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try shop.write(".git/index.lock", "")
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.suspects.first?.sha == culprit)
        }
    }

    @Test func `file names with blanks, umlauts and stars`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("lib/käse *[a].js", "one\ntwo\n")
            let sha = try await shop.commit("Add cheese")
            let frame = Frame(filename: "/srv/app/lib/käse *[a].js", line: 2)
            let event = Event(id: "a", title: "x", exceptions: [Exception(type: "E", value: "v", frames: [frame])])
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/käse *[a].js:2"])
            #expect(finding.suspects.map(\.sha) == [sha])
        }
    }

    @Test func `secrets of the event do not come out`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let event = Event(
                id: "a", title: "login of ada@example.com failed",
                exceptions: [Exception(type: "E", value: "password=hunter2 for ada@example.com", frames: [])])
            let finding = await investigator.finding(event, in: shop.repository)
            for text in [finding.text(), finding.markdown(for: nil), finding.html().markup] {
                #expect(!text.contains("hunter2"))
                #expect(!text.contains("ada@example.com"))
            }
        }
    }
}
