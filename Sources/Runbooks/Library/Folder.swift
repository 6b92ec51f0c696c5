import Glibc

/// A folder of runbooks on this machine: a team's own, a git work tree, the one that ships, or what an address has.
struct Folder: Sendable {
    let path: String
    /// What people call it.
    let name: String
    /// Of all that it holds, lest somebody points to the root of a disk.
    let mostNames: Int

    init(path: String, name: String? = nil, mostNames: Int = 20_000) {
        self.path = path
        self.name = name ?? path
        self.mostNames = mostNames
    }

    private static let deepest = 8

    /// A file that may be a runbook, and by what one sees that it has changed.
    struct Entry: Sendable, Hashable {
        let path: String
        /// The same as people know it.
        let file: String
        let stamp: Stamp
        /// Changed a moment ago: file systems count in milliseconds, and it may change again within one.
        let isFresh: Bool
    }

    struct Stamp: Sendable, Hashable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        /// Of the last change to content or status, in nanoseconds; unlike the time of modification it cannot be set.
        let changed: Int64

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        }
    }

    struct Listing: Sendable, Hashable {
        var entries: [Entry] = []
        var troubles: [Trouble] = []
        fileprivate var names = 0

        static func == (left: Self, right: Self) -> Bool {
            left.entries == right.entries && left.troubles == right.troubles
        }
    }

    /// All Markdown files in it and in the folders below, by path; `README.md` and hidden ones are none.
    func list() -> Listing {
        var listing = Listing()
        guard let root = realpath(path, nil) else {
            listing.troubles.append(Trouble(.error, file: name, "the folder cannot be read: \(Self.reason)"))
            return listing
        }
        defer { free(root) }
        list(path, root: String(cString: root), depth: 0, into: &listing)
        if listing.names > mostNames {
            listing.troubles.append(
                Trouble(.error, file: name, "it holds more than \(mostNames) files; some were not looked at"))
        }
        return listing
    }

    private func list(_ folder: String, root: String, depth: Int, into listing: inout Listing) {
        guard let names = Self.names(in: folder) else {
            listing.troubles.append(Trouble(.error, file: shown(folder), "the folder cannot be read: \(Self.reason)"))
            return
        }
        for name in names where !name.hasPrefix(".") {
            listing.names += 1
            guard listing.names <= mostNames else { return }
            let path = "\(folder)/\(name)"
            let isPage = name.hasSuffix(".md") && name.lowercased() != "readme.md"
            var status = stat()
            let isThere = lstat(path, &status) == 0
            switch status.st_mode & S_IFMT {
            case S_IFDIR where depth < Self.deepest: list(path, root: root, depth: depth + 1, into: &listing)
            case S_IFLNK where isPage: addLink(path, root: root, to: &listing)
            case S_IFREG where isPage: add(path, status, to: &listing)
            case _ where isPage:
                let what = isThere ? "this is no file" : "it cannot be read: \(Self.reason)"
                listing.troubles.append(Trouble(.error, file: shown(path), what))
            default: break
            }
        }
    }

    private static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.sorted()
    }

    /// A link may point to another file of the folder, and nowhere else: its text goes to the chat.
    private func addLink(_ path: String, root: String, to listing: inout Listing) {
        var status = stat()
        guard let target = realpath(path, nil), stat(path, &status) == 0 else {
            listing.troubles.append(Trouble(.error, file: shown(path), "the link leads nowhere: \(Self.reason)"))
            return
        }
        defer { free(target) }
        guard String(cString: target).hasPrefix(root + "/"), status.st_mode & S_IFMT == S_IFREG else {
            listing.troubles.append(
                Trouble(
                    .error, file: shown(path), "the link leads out of the folder, or to no file",
                    advice: "Put the file itself here."))
            return
        }
        add(path, status, to: &listing)
    }

    private func add(_ path: String, _ status: stat, to listing: inout Listing) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let stamp = Stamp(status)
        let isFresh = stamp.changed > Int64(now.tv_sec - 2) * 1_000_000_000
        listing.entries.append(Entry(path: path, file: shown(path), stamp: stamp, isFresh: isFresh))
    }

    private func shown(_ path: String) -> String { name + path.dropFirst(self.path.count) }

    // MARK: Reading

    /// The runbook in a file. What the path names may have changed since it was listed, so all is looked at again.
    static func read(_ entry: Entry) -> RunbookFile {
        // Without waiting: a pipe that has no writer would hold us.
        let descriptor = open(entry.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .unread(entry.file, because: "it cannot be read: \(reason)") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_ino == entry.stamp.inode, status.st_dev == entry.stamp.device
        else { return .unread(entry.file, because: "it was replaced while it was read") }
        guard status.st_size <= RunbookFile.largest else {
            return .tooLarge(entry.file, bytes: Int(status.st_size))
        }
        guard let bytes = contents(of: descriptor) else {
            return .unread(entry.file, because: "it cannot be read: \(reason)")
        }
        return RunbookFile(bytes, file: entry.file)
    }

    private static func contents(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        // One chunk more than the largest: it may grow meanwhile.
        while bytes.count <= RunbookFile.largest {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
