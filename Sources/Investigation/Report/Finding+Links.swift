import Domain

/// Each claim with a link to its evidence, where the forge is known; else the bare name.
extension Finding {
    func html(commit sha: String) -> HTML {
        let short = sha.prefix(8)
        return "\(link(toCommit: sha).map { HTML.link(short, to: $0) } ?? HTML.code(short))\(home(of: sha))"
    }

    func html(_ pieces: [Ending.Piece]) -> HTML {
        pieces.map { piece -> HTML in
            switch piece {
            case .words(let words): HTML(words.prefix(300))
            case .commit(let sha): html(commit: sha)
            }
        }.joined(by: "")
    }

    /// For the terminal.
    func text(_ pieces: [Ending.Piece]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .commit(let sha): "\(sha.prefix(8))\(home(of: sha))"
            }
        }.joined()
    }

    func markdown(_ pieces: [Ending.Piece]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): Self.escaped(words)
            case .commit(let sha): markdown(commit: sha)
            }
        }.joined()
    }

    func html(_ path: String, _ line: Int?) -> HTML {
        let place = line.map { "\(path):\($0)" } ?? path
        return link(to: path, line).map { HTML.link(place, to: $0) } ?? HTML.code(place)
    }

    func linked(_ text: String, _ address: String?) -> HTML { address.map { HTML.link(text, to: $0) } ?? HTML(text) }

    func markdown(commit sha: String) -> String {
        let short = "`\(sha.prefix(8))`"
        return (link(toCommit: sha).map { "[\(short)](\($0))" } ?? short) + Self.escaped(home(of: sha))
    }

    func markdown(_ path: String, _ line: Int?) -> String {
        let place = Self.code(line.map { "\(path):\($0)" } ?? path)
        return link(to: path, line).map { "[\(place)](\($0))" } ?? place
    }

    func link(toCommit sha: String) -> String? {
        // Of several repositories a wrong link is worse than none.
        let forge = sources.isEmpty ? forge : source(of: sha)?.forge
        return forge?.link(toCommit: sha)
    }

    /// " in shop-lib", where there are several repositories.
    func home(of sha: String) -> String { source(of: sha).map { " in \($0.name)" } ?? "" }

    func source(of sha: String) -> Source? { sources.first { $0.commits.contains(sha) } }

    /// At the commit that was read, for a line's number is right there only.
    func link(to path: String, _ line: Int?) -> String? {
        if let source = sources.first(where: { path.hasPrefix($0.name + "/") }) {
            let own = String(path.dropFirst(source.name.count + 1))
            return source.forge?.link(to: own, line: line, at: source.revision.sha)
        }
        guard let revision else { return nil }
        return forge?.link(to: path, line: line, at: revision.sha)
    }
}
