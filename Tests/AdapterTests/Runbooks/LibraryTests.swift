import FoundationEssentials
import Glibc
import Testing

@testable import Runbooks

/// Folders of runbooks, read anew when they change; what is out is said, and the others go on.
@Suite struct LibraryTests {
    private static func text(_ title: String) -> String { "---\ntitle: \(title)\n---\n" }

    private func titles(_ shelf: Shelf) -> [String] { shelf.runbooks.map { "\($0.name): \($0.title)" } }

    @Test func `reads a folder and those in it, by name`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("b.md", Self.text("B"))
            try folder.write("db/a.md", Self.text("A"))
            try folder.write("README.md", "# How")
            try folder.write(".hidden.md", "x")
            try folder.write(".git/c.md", Self.text("C"))
            try folder.write("schema.json", "{}")
            let shelf = await folder.library().current()
            #expect(titles(shelf) == ["a: A", "b: B"])
            #expect(shelf.troubles.isEmpty)
            #expect(Runbook.Name("A").flatMap { shelf[$0] }?.title == "A")
            #expect(Runbook.Name("c").flatMap { shelf[$0] } == nil)
        }
    }

    @Test func `sees what was added, changed and removed, without a restart`() async throws {
        try await SampleFolder.run { folder in
            let library = folder.library()
            #expect(titles(await library.current()).isEmpty)
            try folder.write("a.md", Self.text("A"))
            try folder.write("b.md", Self.text("B"))
            #expect(titles(await library.current()) == ["a: A", "b: B"])
            // Of the same length, and within the same second.
            try folder.write("a.md", Self.text("X"))
            #expect(titles(await library.current()) == ["a: X", "b: B"])
            try folder.remove("a.md")
            try folder.write("c.md", "oops")
            let shelf = await library.current()
            #expect(titles(shelf) == ["b: B"])
            #expect(shelf.troubles.map(\.line) == [1])
            try folder.write("c.md", Self.text("C"))
            #expect(titles(await library.current()) == ["b: B", "c: C"])
        }
    }

    @Test func `bad files are out, each with its reason, and the others go on`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("good.md", Self.text("Good"))
            try folder.write("bom.md", "\u{FEFF}" + Self.text("BOM"))
            try folder.write("crlf.md", "---\r\ntitle: CRLF\r\n---\r\n")
            try folder.write("yaml.md", "---\ntitle: [\n---\n")
            try folder.write("none.md", "Just text.\n")
            try folder.write("large.md", Self.text("L") + String(repeating: "x", count: 10 << 20))
            try folder.write("slow.md", "---\ntitle: S\nmatches:\n  - message_regex: '(a+)+$'\n---\n")
            try folder.write("latin.md", bytes: Array(Self.text("L").utf8) + [0xE9])
            try folder.write("nul.md", bytes: Array(Self.text("L").utf8) + [0])
            try folder.write("sp ace.md", Self.text("S"))
            try folder.write("x/good.md", Self.text("Another"))
            let shelf = await folder.library().current()
            #expect(titles(shelf) == ["bom: BOM", "crlf: CRLF", "good: Good"])
            #expect(
                folder.troubles(shelf) == [
                    "large.md: error: it has 10 MiB, and a runbook at most 256 KiB. Link to what is long.",
                    "latin.md:4: error: this is not UTF-8. Save the file as text in UTF-8.",
                    "none.md:1: error: there is no front matter. Begin the file with a line “---”, then “title: …”, then another “---”.",
                    "nul.md:4: error: a NUL byte stands here. Save the file as text in UTF-8.",
                    "slow.md:4: error: the regular expression “(a+)+$” can take for ever: “aaa…” makes it try without end. Write one repetition where two stand in each other, such as a+ for (a+)+.",
                    "sp ace.md:1: error: people cannot type the name of this file. Rename it: letters, digits, “-” and “_”, at most 40.",
                    "x/good.md: error: “good” is there already: good.md. Rename one of them.",
                    "yaml.md:3: error: a list or a group of keys is not closed. Close [ with ] and { with }; in them, put a value with a comma or a bracket in quotes.",
                ])
        }
    }

    @Test func `links stay in the folder, and what is no file is not opened`() async throws {
        try await SampleFolder.run { folder in
            let good = try folder.write("good.md", Self.text("Good"))
            try Data(Self.text("Secret").utf8).write(to: URL(filePath: folder.parent + "/secret.md"))
            try folder.write("sub/inner.md", Self.text("Inner"))
            #expect(symlink("../secret.md", folder.path + "/out.md") == 0)
            #expect(symlink("/etc/passwd", folder.path + "/passwd.md") == 0)
            #expect(symlink(folder.parent, folder.path + "/up") == 0)
            #expect(symlink("gone", folder.path + "/gone.md") == 0)
            #expect(symlink("sub", folder.path + "/folder.md") == 0)
            #expect(symlink(good, folder.path + "/alias.md") == 0)
            #expect(mkfifo(folder.path + "/pipe.md", 0o600) == 0)
            let shelf = await folder.library().current()
            #expect(titles(shelf) == ["alias: Good", "good: Good", "inner: Inner"])
            #expect(
                folder.troubles(shelf) == [
                    "folder.md: error: the link leads out of the folder, or to no file. Put the file itself here.",
                    "gone.md: error: the link leads nowhere: No such file or directory.",
                    "out.md: error: the link leads out of the folder, or to no file. Put the file itself here.",
                    "passwd.md: error: the link leads out of the folder, or to no file. Put the file itself here.",
                    "pipe.md: error: this is no file.",
                ])
        }
    }

    @Test func `a link that is turned outward between listing and reading is not followed`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("a.md", Self.text("A"))
            try Data(Self.text("Secret").utf8).write(to: URL(filePath: folder.parent + "/secret.md"))
            let entry = try #require(Folder(path: folder.path).list().entries.first)
            try folder.remove("a.md")
            #expect(symlink("../secret.md", folder.path + "/a.md") == 0)
            let file = Folder.read(entry)
            #expect(file.runbook == nil)
            #expect(file.troubles.map(folder.shown) == ["a.md: error: it was replaced while it was read."])
        }
    }

    @Test func `a file that vanishes between listing and reading is out, and tried again`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("a.md", Self.text("A"))
            let entry = try #require(Folder(path: folder.path).list().entries.first)
            try folder.remove("a.md")
            let file = Folder.read(entry)
            #expect(file.isUnread)
            #expect(file.troubles.map(folder.shown) == ["a.md: error: it cannot be read: No such file or directory."])
        }
    }

    @Test func `a folder that disappears takes only its own with it, until it is back`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("a.md", Self.text("A"))
            let other = folder.parent + "/other"
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            try Data(Self.text("B").utf8).write(to: URL(filePath: other + "/b.md"))
            let library = Library(folders: [folder.path, other])
            #expect(titles(await library.current()) == ["a: A", "b: B"])
            #expect(rename(other, other + "-away") == 0)
            let shelf = await library.current()
            #expect(titles(shelf) == ["a: A"])
            #expect(
                shelf.troubles.map(\.description) == [
                    "\(other): error: the folder cannot be read: No such file or directory."
                ])
            #expect(rename(other + "-away", other) == 0)
            let back = await library.current()
            #expect(titles(back) == ["a: A", "b: B"])
            #expect(back.troubles.isEmpty)
        }
    }

    @Test func `of two folders the first goes before, and a team's runbook before the one that ships`() async throws {
        try await SampleFolder.run { folder in
            for (name, title) in [
                ("one/a.md", "One"), ("two/a.md", "Two"), ("ship/a.md", "Ship"), ("ship/b.md", "Ship"),
            ] {
                try folder.write(name, Self.text(title))
            }
            let library = Library(
                folders: ["\(folder.path)/one", "\(folder.path)/two"], shipped: "\(folder.path)/ship")
            let shelf = await library.current()
            #expect(titles(shelf) == ["a: One", "b: Ship"])
            #expect(
                folder.troubles(shelf) == [
                    "two/a.md: error: “a” is there already: one/a.md. Rename one of them."
                ])
        }
    }

    @Test func `names that differ by case are one name`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("Cart.md", Self.text("1"))
            try folder.write("cart.md", Self.text("2"))
            let shelf = await folder.library().current()
            #expect(titles(shelf) == ["cart: 1"])
            #expect(folder.troubles(shelf) == ["cart.md: error: “cart” is there already: Cart.md. Rename one of them."])
        }
    }

    @Test func `a change within the same moment is seen, even when the length is the same`() async throws {
        try await SampleFolder.run { folder in
            let library = folder.library()
            for title in (0..<50).map({ "T\($0 % 10)" }) {
                let file = try #require(fopen("\(folder.path)/a.md", "w"))
                fputs(Self.text(title), file)
                fclose(file)
                #expect(titles(await library.current()) == ["a: \(title)"])
            }
        }
    }

    @Test func `a folder with too much in it is read in part, and said to be`() async throws {
        try await SampleFolder.run { folder in
            for name in ["a", "b", "c", "d"] { try folder.write("\(name).md", Self.text(name)) }
            let listing = Folder(path: folder.path, mostNames: 3).list()
            #expect(listing.entries.map { $0.path.suffix(4) } == ["a.md", "b.md", "c.md"])
            #expect(
                listing.troubles.map(\.description) == [
                    "\(folder.path): error: it holds more than 3 files; some were not looked at."
                ])
        }
    }

    @Test func `a file's name can do nothing to a terminal`() async throws {
        try await SampleFolder.run { folder in
            try folder.write("a\u{1B}[2J\n\u{202E}b.md", Self.text("A"))
            let shelf = await folder.library().current()
            #expect(
                folder.troubles(shelf) == [
                    "a[2Jb.md:1: error: people cannot type the name of this file. Rename it: letters, digits, “-” and “_”, at most 40."
                ])
        }
    }
}
