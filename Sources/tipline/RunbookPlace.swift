import Investigation
import Runbooks

/// Where runbooks of a team are, as somebody wrote it: a folder on this machine, or `https://example.com/books.git#web`.
enum RunbookPlace: Sendable, Hashable {
    case folder(String)
    case repository(RepositoryEntry)

    /// Nil for an address that git cannot take.
    init?(text: String) {
        guard !text.hasPrefix("/"), text.contains(":") else {
            self = .folder(text)
            return
        }
        guard let entry = RepositoryEntry(text: text), entry.isRemote else { return nil }
        self = .repository(entry)
    }

    var isRelative: Bool {
        if case .folder(let path) = self { !path.hasPrefix("/") } else { false }
    }

    var repository: RepositoryEntry? {
        if case .repository(let entry) = self { entry } else { nil }
    }

    /// Without what is secret in an address.
    var shown: String {
        switch self {
        case .folder(let path): path
        case .repository(let entry): entry.shownLocation + (entry.folder.map { "#\($0)" } ?? "")
        }
    }

    func source(_ checkouts: Checkouts) -> Source {
        switch self {
        case .folder(let path): .folder(path)
        case .repository(let entry):
            Source(name: shown) {
                let state = await checkouts.state(of: entry)
                return Source.Place(path: state.path, trouble: state.trouble)
            }
        }
    }

    /// Where a new runbook can be committed; nil when it is in no git repository.
    func writable(_ checkouts: Checkouts) async -> WritableRepository? {
        switch self {
        case .folder(let path): await .around(path)
        case .repository(let entry): await checkouts.writable(entry)
        }
    }
}
