import Glibc

/// The source files below a folder, without what others wrote and what tools made.
package struct SourceFolder: Sendable {
    private static let largest = 1 << 20
    // Deeper than any repository, and far from the limit of open files.
    private static let deepest = 64

    private let path: String

    /// Nil when there is no such folder.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        self.path = path
    }

    package func audit(includesTests: Bool = false) -> AuditReport {
        var walk = Walk(audit: Audit(includesTests: includesTests))
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        walk.folder(descriptor, path: "", depth: 0)
        return walk.audit.report()
    }

    private struct Walk {
        var audit: Audit
        private var buffer = [UInt8](repeating: 0, count: SourceFolder.largest + 1)

        init(audit: Audit) { self.audit = audit }

        /// Takes over the descriptor. Everything is opened from its folder's descriptor, so that a name of any bytes works
        /// and no link leads out.
        mutating func folder(_ descriptor: Int32, path: String, depth: Int) {
            guard descriptor >= 0, let stream = fdopendir(descriptor) else {
                if descriptor >= 0 { close(descriptor) }
                audit.folder.unread += 1
                return
            }
            defer { closedir(stream) }
            let entries = Self.entries(stream)
            let hasManifest = entries.contains { Areas.isManifest(Substring($0.name)) }
            for entry in entries {
                let path = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
                if entry.isFolder {
                    guard depth < SourceFolder.deepest, !Self.isForeign(entry.name, besideManifest: hasManifest) else {
                        continue
                    }
                    let below = openat(descriptor, entry.cName, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                    folder(below, path: path, depth: depth + 1)
                } else if Audit.reads(Substring(entry.name)) {
                    read(openat(descriptor, entry.cName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), path)
                }
            }
        }

        private mutating func read(_ descriptor: Int32, _ path: String) {
            guard descriptor >= 0 else {
                audit.folder.unread += 1
                return
            }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
            let count = status.st_size <= SourceFolder.largest ? fill(descriptor) : nil
            guard let count, count <= SourceFolder.largest else {
                audit.folder.unread += 1
                return
            }
            audit.read(path, Array(buffer[..<count]))
        }

        /// How many bytes there were; nil when reading failed.
        private mutating func fill(_ descriptor: Int32) -> Int? {
            var total = 0
            while total < buffer.count {
                let count = buffer.withUnsafeMutableBytes { bytes in
                    Glibc.read(descriptor, bytes.baseAddress.map { $0 + total }, bytes.count - total)
                }
                if count < 0 { return nil }
                if count == 0 { break }
                total += count
            }
            return total
        }

        private struct Entry {
            let cName: [CChar]
            /// For people: control characters must not reach a terminal.
            let name: String
            let isFolder: Bool
        }

        /// Files and folders, sorted by name; links and devices are left out.
        private static func entries(_ stream: OpaquePointer) -> [Entry] {
            var entries: [Entry] = []
            while let entry = readdir(stream) {
                var kind = Int32(entry.pointee.d_type)
                let cName = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) {
                        Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
                    }
                }
                if kind == Int32(DT_UNKNOWN) {
                    var status = stat()
                    guard fstatat(dirfd(stream), cName, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
                    let isFolder = status.st_mode & S_IFMT == S_IFDIR
                    kind = Int32(isFolder ? DT_DIR : status.st_mode & S_IFMT == S_IFREG ? DT_REG : DT_LNK)
                }
                guard kind == Int32(DT_DIR) || kind == Int32(DT_REG) else { continue }
                let name = String(decoding: cName.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                let printable = String(
                    String.UnicodeScalarView(name.unicodeScalars.map { $0.properties.isPrintable ? $0 : "\u{FFFD}" }))
                entries.append(Entry(cName: cName, name: printable, isFolder: kind == Int32(DT_DIR)))
            }
            return entries.sorted { $0.name < $1.name }
        }

        private static let foreign: Set<String> = [
            "node_modules", "bower_components", "vendor", "Pods", "Carthage", "venv", "virtualenv", "site-packages",
            "__pycache__",
        ]
        // What tools make lies beside the file that tells them to; `internal/build` may be code.
        private static let made: Set<String> = ["dist", "build", "out", "target", "coverage"]

        private static func isForeign(_ name: String, besideManifest: Bool) -> Bool {
            name.hasPrefix(".") || foreign.contains(name)
                || besideManifest && made.contains(name)
        }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
