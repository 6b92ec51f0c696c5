import Domain

/// Each claim with a link to its evidence, where the forge is known; else the bare name.
extension Finding {
    func html(commit sha: String) -> HTML {
        let short = sha.prefix(8)
        return forge?.link(toCommit: sha).map { HTML.link(short, to: $0) } ?? HTML.code(short)
    }

    func html(_ pieces: [Ending.Piece]) -> HTML {
        pieces.map { piece -> HTML in
            switch piece {
            case .words(let words): HTML(words.prefix(300))
            case .commit(let sha): html(commit: sha)
            }
        }.joined(by: "")
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
        return forge?.link(toCommit: sha).map { "[\(short)](\($0))" } ?? short
    }

    func markdown(_ path: String, _ line: Int?) -> String {
        let place = Self.code(line.map { "\(path):\($0)" } ?? path)
        return link(to: path, line).map { "[\(place)](\($0))" } ?? place
    }

    /// At the commit that was read, for a line's number is right there only.
    func link(to path: String, _ line: Int?) -> String? {
        guard let revision else { return nil }
        return forge?.link(to: path, line: line, at: revision.sha)
    }
}
