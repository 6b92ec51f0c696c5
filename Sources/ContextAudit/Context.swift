/// What an event can carry beside the error itself, in the order in which it is spoken of.
package enum Need: String, Sendable, CaseIterable {
    /// Short values to search and group by: the shop, the payment provider.
    case tags
    /// Whom it happened to.
    case user
    /// Which build it was: without it nobody can tell which commit is guilty.
    case release
    /// Anything else that was known then: an order, a request, what a device can do.
    case extra
    /// That the context belongs to this one event, and does not stay for later ones.
    case scope
}

/// A set of what is there.
struct Context: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let tags = Context(.tags)
    static let user = Context(.user)
    static let release = Context(.release)
    static let extra = Context(.extra)
    static let scope = Context(.scope)
    /// Something that can't be looked into: a variable, a function that is given the scope.
    static let unclear = Context(rawValue: 1 << 7)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ need: Need) {
        switch need {
        case .tags: rawValue = 1 << 0
        case .user: rawValue = 1 << 1
        case .release: rawValue = 1 << 2
        case .extra: rawValue = 1 << 3
        case .scope: rawValue = 1 << 4
        }
    }

    /// What a key says in the options of a call: `tags`, `extras`, `contexts`.
    init(key: String) {
        switch key {
        case "tags", "tag": self = .tags
        case "user": self = .user
        case "release", "Release": self = .release
        case "extra", "extras", "contexts", "context": self = .extra
        default: self = []
        }
    }

    /// What is not there. An unclear context gets the benefit of the doubt, except for the release, which nobody passes.
    var missing: [Need] {
        let given = contains(.unclear) ? union([.tags, .user, .extra, .scope]) : self
        return Need.allCases.filter { !given.contains(Context($0)) }
    }
}
