/// The runbooks of a team and those that ship, read from where they are, and anew whenever files have changed.
package actor Library {
    private let sources: [Source]
    /// The source that ships, which is the last; what a team has under the same name stands in its place.
    private let hasShipped: Bool
    private var listings: [Folder.Listing] = []
    private var files: [Folder.Entry: RunbookFile] = [:]
    private var shelf = Shelf(runbooks: [], troubles: [])
    /// All was read, and nothing so lately that it may have changed since without a trace.
    private var isSettled = false

    /// - Parameter sources: the team's own. Of two runbooks of one name the first stays, and the other is in trouble.
    /// - Parameter shipped: the folder that came with the program.
    package init(_ sources: [Source], shipped: String? = nil) {
        self.sources = sources + (shipped.map { [.folder($0)] } ?? [])
        hasShipped = shipped != nil
    }

    package init(folders: [String], shipped: String? = nil) {
        self.init(folders.map { .folder($0) }, shipped: shipped)
    }

    /// What there is now. Looks at the folders each time, and reads only what is new in them: with 1,000 files that is
    /// a matter of milliseconds.
    package func current() async -> Shelf {
        var listings: [Folder.Listing] = []
        for source in sources { listings.append(await source.list()) }
        guard listings != self.listings || !isSettled else { return shelf }
        var files: [Folder.Entry: RunbookFile] = [:]
        for entry in listings.flatMap(\.entries) {
            files[entry] = (entry.isFresh ? nil : self.files[entry]) ?? Folder.read(entry)
        }
        self.files = files
        isSettled = files.allSatisfy { !$0.key.isFresh && !$0.value.isUnread }
        self.listings = listings
        shelf = makeShelf()
        return shelf
    }

    private func makeShelf() -> Shelf {
        var runbooks: [Runbook.Name: Runbook] = [:]
        var troubles = listings.flatMap(\.troubles)
        for (index, listing) in listings.enumerated() {
            let isShipped = hasShipped && index == listings.count - 1
            for entry in listing.entries {
                guard let file = files[entry] else { continue }
                troubles += file.troubles
                guard let runbook = file.runbook else { continue }
                if let first = runbooks[runbook.name] {
                    if isShipped, !listing.entries.contains(where: { $0.file == first.file }) { continue }
                    troubles.append(
                        Trouble(
                            .error, file: runbook.file, "“\(runbook.name)” is there already: \(first.file)",
                            advice: "Rename one of them."))
                } else {
                    runbooks[runbook.name] = runbook
                }
            }
        }
        return Shelf(runbooks: runbooks.values.sorted { $0.name < $1.name }, troubles: troubles)
    }
}

/// The runbooks there are at one moment, and what is out and why.
package struct Shelf: Sendable {
    /// By name.
    package let runbooks: [Runbook]
    package let troubles: [Trouble]
    /// Finds those that fit an issue.
    package let matching: Matching

    init(runbooks: [Runbook], troubles: [Trouble]) {
        self.runbooks = runbooks
        self.troubles = troubles
        matching = Matching(runbooks)
    }

    package subscript(name: Runbook.Name) -> Runbook? { runbooks.first { $0.name == name } }
}
