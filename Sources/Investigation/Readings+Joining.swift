/// What was found in several repositories, put together as if these were folders of one.
extension Evidence {
    /// What it knows of the event, without the code.
    var emptied: Evidence {
        var copy = Evidence(now: now, seen: seen, firstSeen: firstSeen)
        copy.isLeak = isLeak
        return copy
    }

    mutating func add(_ other: Evidence, below name: String) {
        lines += other.lines.map { line in
            var line = line
            line.path = "\(name)/\(line.path)"
            return line
        }
        for (path, text) in other.texts { texts["\(name)/\(path)"] = text }
        for (path, blame) in other.blames {
            var blame = blame
            blame.commits = blame.commits.filter { !other.ignored.shas.contains($0.key) }
            blames["\(name)/\(path)"] = blame
        }
        for (path, history) in other.histories {
            histories["\(name)/\(path)"] = history.filter { !other.ignored.shas.contains($0.sha) }
        }
        for (path, share) in other.companions { companions["\(name)/\(path)"] = share }
        defining.formUnion(other.defining.map { "\(name)/\($0)" })
        isLeak = isLeak || other.isLeak
    }

    func commits(and later: LaterChanges.Found) -> Set<String> {
        Set(blames.values.flatMap(\.commits.keys) + histories.values.joined().map(\.sha) + later.changes.map(\.sha))
    }
}

extension LaterChanges.Found {
    mutating func add(_ other: LaterChanges.Found, below name: String) {
        changes += other.changes.map { change in
            Finding.LaterChange(
                path: "\(name)/\(change.path)", line: change.line, sha: change.sha, date: change.date,
                subject: change.subject, tag: change.tag)
        }
        for (place, fate) in other.fates { fates[.init(path: "\(name)/\(place.path)", line: place.line)] = fate }
    }
}
