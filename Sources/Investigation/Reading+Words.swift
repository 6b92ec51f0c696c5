import Domain

/// What the reading did not find, in sentences for the notes.
extension Reading {
    /// Names files that are there and cannot be shown; nothing when none could be read, for then that was said.
    func silent(_ gathered: Gathered) -> [String] {
        let texts = gathered.evidence.texts
        guard !texts.isEmpty || gathered.notes.isEmpty else { return [] }
        let paths = gathered.evidence.lines.map(\.path).filter { texts[$0] == nil }
        return Self.unique(paths, atMost: 2).map { path in
            "No lines of `\(path.replacing("`", with: "'"))`: it is binary, larger than 4 MB or damaged."
        }
    }

    /// Names the files of the trace that should be here and are not, the crash first.
    ///
    /// - Parameter hiding: why the file of a frame cannot be seen although its place is known.
    func missing(_ leads: [Tracing.Lead], _ place: String, _ hiding: (FramePath) -> String?) -> [String] {
        guard !leads.isEmpty else { return [] }
        let own = leads.filter { lead in
            let path = FramePath(lead.frame)
            return lead.matches.isEmpty && !path.isForeign && path.name != nil
                && (!path.isInstalled || hiding(path) != nil)
        }
        if leads.allSatisfy(\.matches.isEmpty), own.isEmpty {
            return ["No code: every frame is in a library or the runtime."]
        }
        let sentences = own.map { lead in
            let path = FramePath(lead.frame)
            let name = path.whole.suffix(4).joined(separator: "/").replacing("`", with: "'")
            let why = hiding(path) ?? "not in \(place)"
            return "No code: `\(Finding.clean(name, atMost: 120))` is \(why)."
        }
        return Self.unique(sentences, atMost: 3)
    }

    func place(_ commit: Commit, in name: String? = nil) -> String {
        let folder = repository.folder.map { "/\($0)" } ?? ""
        return "\(name ?? repository.name)\(folder) at \(commit.sha.prefix(8))"
    }

    static func unique(_ texts: [String], atMost count: Int) -> [String] {
        var seen: Set<String> = []
        return Array(texts.filter { seen.insert($0).inserted }.prefix(count))
    }
}
