/// Why there is no code to read.
package enum CloneError: Error, Hashable {
    /// Nothing is at the path, or it is no repository.
    case missing(String)
    /// The first clone is still being made.
    case cloning(String)
    /// git said no.
    case failed(String, reason: String)

    init(_ error: any Error, in entry: RepositoryEntry) {
        self = .failed(entry.shownLocation, reason: Self.reason(error))
    }

    /// A few words for the operator, without anything that may be secret.
    static func reason(_ error: any Error) -> String {
        switch error {
        case Tool.Failure.notInstalled: "git is not installed"
        case Tool.Failure.tooSlow: "it took too long"
        case Tool.Failure.exit(_, let words): reason(words)
        default: "it was stopped"
        }
    }

    /// For the operator, one sentence.
    package var explanation: String {
        switch self {
        case .missing(let location): "There is no git repository at \(location)."
        case .cloning(let location): "\(location) is being cloned for the first time. Ask again in a minute."
        case .failed(let location, let reason): "\(location) could not be cloned: \(reason)."
        }
    }

    /// git's own words may hold the URL with its password, so only what they mean is passed on.
    private static func reason(_ words: String) -> String {
        let words = words.lowercased()
        let known = [
            ("could not read username", "it wants a password and none is configured"),
            ("authentication failed", "the password or token was refused"),
            ("permission denied", "access was denied"), ("returned error: 403", "access was denied"),
            ("could not resolve host", "the host is unknown"),
            ("host key verification failed", "the host's SSH key is not known"),
            ("not found", "there is no such repository"),
            ("does not exist", "there is no such repository"),
            ("does not appear to be a git repository", "there is no such repository"),
            ("timed out", "the host does not answer"), ("connection refused", "the host refuses connections"),
            ("failed to connect", "the host refuses connections"),
            ("no space left", "the disk is full"), ("unable to create", "the data folder cannot be written"),
        ]
        return known.first { words.range(ofText: $0.0) != nil }?.1 ?? "git refused"
    }
}
