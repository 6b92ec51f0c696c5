/// Files that were renamed between the program that failed and the commit that is read.
extension Reading {
    private static let mostPaths = 2
    // A file of that name was there, and it has the function; yet it may have been another one.
    private static let certainty = 0.8

    /// Only where HEAD is read because it is not known which commit failed: else each file has the name that it had.
    ///
    /// - Parameter depths: the frames that were found, also in other repositories.
    /// - Parameter name: what paths begin with in the finding, where there are several.
    func followRenames(in located: inout Located, but depths: Set<Int> = [], below name: String? = nil) async {
        guard located.chosen.isStandIn else { return }
        let paths = strays(located, depths)
        guard !paths.isEmpty else { return }
        let sha = located.chosen.commit.sha
        let names = LaterNames(git: git, sha: sha, folder: repository.folder, isThere: located.index.contains)
        guard let found = try? await course.step("renames", { await names.find(paths) }), !found.isEmpty else { return }

        var leads = located.leads
        for index in leads.indices where leads[index].matches.isEmpty {
            guard let now = found[FramePath(leads[index].frame)] else { continue }
            leads[index].matches = [.init(path: now.new, tail: 0, certainty: Self.certainty)]
        }
        guard (try? await readTexts(leads, at: sha, &located.gathered)) != nil else { return }
        let texts = located.gathered.evidence.texts
        var renamed: Set<String> = []
        for index in leads.indices where located.leads[index].matches.isEmpty {
            guard let match = leads[index].matches.first else { continue }
            if texts[match.path]?.mayHold(leads[index]) == true {
                renamed.insert(match.path)
            } else {
                leads[index].matches = []
            }
        }
        located.leads = leads
        located.gathered.evidence.lines = Tracing.lines(leads, texts: texts)
        for now in paths.compactMap({ found[$0] }) where renamed.contains(now.new) {
            let new = [name, now.new].compactMap(\.self).joined(separator: "/")
            located.gathered.notes.append("\(Self.quoted(now.old)) is called \(Self.quoted(new)) by now.")
        }
    }

    /// Files of the trace that are nowhere, the crash first.
    private func strays(_ located: Located, _ depths: Set<Int>) -> [FramePath] {
        var paths: [FramePath] = []
        for lead in located.leads where lead.matches.isEmpty && !depths.contains(lead.depth) {
            let path = FramePath(lead.frame)
            guard !path.isForeign, !path.isInstalled, path.name?.contains(".") == true, !paths.contains(path),
                located.index.hiding(path) == nil
            else { continue }
            paths.append(path)
        }
        return Array(paths.prefix(Self.mostPaths))
    }

    private static func quoted(_ path: String) -> String {
        "`\(Finding.clean(path.replacing("`", with: "'"), atMost: 120))`"
    }
}

extension SourceText {
    /// Whether the frame's function is somewhere in it, as far as it has a name.
    fileprivate func mayHold(_ lead: Tracing.Lead) -> Bool {
        guard let function = lead.frame.function, !function.contains("<") else { return true }
        let name = Tracing.bareName(function)
        return name.isEmpty || nearest(to: 1, where: { $0.range(ofText: name) != nil }) != nil
    }
}
