/// What a name means to the audit, in each language's spelling: `setTag`, `set_tag`, `SetTag`.
enum Word: Sendable {
    /// Sends an event; some names are so plain that they count only on something of Sentry's.
    case capture(isPlain: Bool)
    /// Opens a scope for what happens inside.
    case ownScope
    /// Changes the scope that is there.
    case configure
    case set(Context)
    /// Takes options like those of a capture call.
    case update
    /// Starts the SDK.
    case initialise

    init?(_ name: String) {
        guard let word = Self.all[name] else { return nil }
        self = word
    }

    private static let all: [String: Word] = {
        var words: [String: Word] = [:]
        func add(_ word: Word, _ names: [String]) {
            for name in names {
                let parts = name.split(separator: " ").map(String.init)
                let camel = parts.dropFirst().reduce(parts[0]) { $0 + $1.capitalised }
                for spelling in [camel, camel.capitalised, parts.joined(separator: "_")] { words[spelling] = word }
            }
        }
        add(.capture(isPlain: false), ["capture exception", "capture message"])
        add(.capture(isPlain: true), ["capture event", "capture"])
        add(
            .ownScope,
            ["with scope", "push scope", "new scope", "isolation scope", "with isolation scope", "use isolation scope"])
        add(.configure, ["configure scope"])
        add(.set(.tags), ["set tag", "set tags", "set tags context", "tags context"])
        add(.set(.user), ["set user", "set user context", "user context"])
        add(
            .set(.extra),
            [
                "set extra", "set extras", "set context", "set contexts", "set extra context", "extra context",
                "set attributes",
            ])
        add(.update, ["update", "update from options", "update from kwargs", "merge context"])
        add(.initialise, ["init", "config", "configure"])
        return words
    }()
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
