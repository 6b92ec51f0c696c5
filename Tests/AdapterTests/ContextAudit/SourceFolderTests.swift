import ContextAudit
import FoundationEssentials
import Glibc
import Testing

@Suite struct SourceFolderTests {
    private static let call = "Sentry.captureException(e)"

    private func audit(_ files: [String: String], prepare: (String) throws -> Void = { _ in }) throws -> AuditReport? {
        let root = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (path, text) in files {
            let folder = "\(root)/\(path)".split(separator: "/").dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))
        }
        try prepare(root)
        return SourceFolder(path: root)?.audit()
    }

    @Test func `reads what people wrote, in the order of the paths`() throws {
        let report = try audit([
            "z.js": Self.call, "b/a.js": Self.call, "b/.hidden/a.js": Self.call, ".git/a.js": Self.call,
            "node_modules/x/a.js": Self.call, "vendor/a.js": Self.call, "b/node_modules/a.js": Self.call,
            "package.json": "{}", "dist/a.js": Self.call, "build/a.js": Self.call, "internal/build/a.js": Self.call,
        ])
        #expect(report?.calls.map(\.path) == ["b/a.js", "internal/build/a.js", "z.js"])
        #expect(report?.folder.files == 3)
    }

    @Test func `leaves out links, pipes, large and binary files, and says which it could not read`() throws {
        let report = try audit([
            "a.js": Self.call, "large.js": Self.call + String(repeating: " ", count: 1 << 20),
            "binary.js": "\u{0}\(Self.call)", "empty.js": "",
        ]) { root in
            symlink("/", "\(root)/root")
            symlink("\(root)", "\(root)/loop")
            symlink("\(root)/a.js", "\(root)/link.js")
            mkfifo("\(root)/pipe.js", 0o600)
        }
        #expect(report?.calls.map(\.path) == ["a.js"])
        #expect(report?.folder.unread == 1)
    }

    @Test func `a name may be any bytes, and cannot reach the terminal`() throws {
        let report = try audit(["a.js": ""]) { root in
            for name in ["\u{1B}[31m\u{202E}.js", "новое.js"] {
                try Data(Self.call.utf8).write(to: URL(filePath: "\(root)/\(name)"))
            }
            let bytes = Array(root.utf8CString.dropLast()) + [0x2F, -1, 0x2E, 0x6A, 0x73, 0]
            let file = open(bytes, O_WRONLY | O_CREAT, 0o600)
            _ = Self.call.withCString { write(file, $0, strlen($0)) }
            close(file)
        }
        #expect(report?.calls.count == 3)
        #expect(report?.text().unicodeScalars.contains("\u{1B}") == false)
        #expect(report?.text().unicodeScalars.contains("\u{202E}") == false)
        #expect(report?.calls.map(\.path).contains("новое.js") == true)
    }

    @Test(arguments: ["/nowhere/at/all", "/etc/hostname", ""])
    func `what is no folder is refused`(path: String) {
        #expect(SourceFolder(path: path) == nil)
    }
}
