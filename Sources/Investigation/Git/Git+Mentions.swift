import FoundationEssentials

extension Git {
    // A name that more commits have is no issue's.
    private static let mostMentions = 50

    /// The newest commit whose message has the name of an issue in it, by that name.
    ///
    /// - Parameter date: older commits are not walked, so that it costs what happened since the issue began.
    func mentions(of names: [String], since date: Date) async throws -> [String: Commit] {
        let usable = names.filter { !$0.isEmpty && !$0.utf8.contains { $0 < 0x20 } }
        guard !usable.isEmpty else { return [:] }
        let output = try await run(
            [
                "log", "--no-show-signature", "--no-color", "-z", "--format=%H%x1F%an%x1F%at%x1F%s%x1F%B", "-n",
                "\(Self.mostMentions)", "--max-age=\(Int(date.timeIntervalSince1970))", "-i", "-F",
            ] + usable.map { "--grep=\($0)" } + ["HEAD", "--"])
        var found: [String: Commit] = [:]
        for record in output.split(separator: 0) {
            let fields = record.split(separator: 0x1F, maxSplits: 4, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 5, let seconds = Double(fields[2]) else { continue }
            let commit = Commit(
                sha: fields[0], author: fields[1], date: Date(timeIntervalSince1970: seconds), subject: fields[3])
            for name in usable where found[name] == nil && fields[4].hasWord(name) { found[name] = commit }
        }
        return found
    }
}

extension String {
    /// Whether the text stands in it by itself, in any case: `SHOP-1` does not stand in `SHOP-12`.
    func hasWord(_ word: String) -> Bool {
        let isPart = { (character: Character?) in character.map { $0.isLetter || $0.isNumber || $0 == "-" } ?? false }
        let word = word.lowercased()
        var rest = lowercased()[...]
        while let found = rest.range(ofText: word) {
            let before = found.lowerBound > rest.startIndex ? rest[rest.index(before: found.lowerBound)] : nil
            if !isPart(before), !isPart(rest[found.upperBound...].first) { return true }
            // Keeps what stands before the next one.
            rest = rest[found.lowerBound...].dropFirst()
        }
        return false
    }
}
