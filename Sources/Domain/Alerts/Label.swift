/// How usual an error is, by our own memory: a hint how much attention it deserves.
package enum Label: Sendable, Hashable, Codable, CustomStringConvertible {
    case firstTime
    case rare(Int)
    case frequent(Int)

    /// More often than that in 30 days is frequent.
    private static let mostRare = 4
    package static let days = 30
    /// Nobody needs to know more exactly than that.
    package static let most = 100

    /// - Parameter episodes: of its kind, in its project, in the last 30 days, this one included.
    package init(episodes: Int) {
        switch episodes {
        case ...1: self = .firstTime
        case ...Self.mostRare: self = .rare(episodes)
        default: self = .frequent(episodes)
        }
    }

    package var description: String {
        switch self {
        case .firstTime: "first time in \(Self.days) days"
        case .rare(let count): "rare (\(count) in \(Self.days) days)"
        case .frequent(let count):
            "frequent (\(count < Self.most ? String(count) : "\(Self.most) or more") in \(Self.days) days)"
        }
    }
}

extension Issue {
    /// What sort of error it is, so that those alike are counted together: the exception's type, or the title without
    /// what differs each time.
    package var kind: String {
        if let type = metadata.type, !type.isEmpty { return String(type.prefix(80)) }
        let words = title.split(whereSeparator: \.isWhitespace).map { word in
            word.contains(where: \.isNumber) ? "#" : String(word)
        }
        return String(words.joined(separator: " ").prefix(80))
    }
}
