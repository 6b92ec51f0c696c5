/// Why a part of the finding is empty, as a sentence for its notes.
struct Absence: Error, Hashable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    init(_ error: any Error) {
        sentence =
            switch error {
            case Tool.Failure.notInstalled(let name): "No code: \(name) is not installed."
            case Tool.Failure.tooSlow(let name): "No code: \(name) took too long."
            case Tool.Failure.tooMuchOutput(let name): "No code: \(name) had too much to say."
            case Tool.Failure.exit(_, let words) where Self.isPartial(words):
                "No code: the clone is a partial one and does not hold it; a full clone does."
            case Tool.Failure.exit(_, let words) where Self.isDamaged(words):
                "No code: the clone is damaged; git fsck in it tells more."
            case is CancellationError: "Stopped before the code was read."
            default: "No code: the clone could not be read."
            }
    }

    /// git wanted to fetch what is missing, which reading must not wait for.
    private static func isPartial(_ words: String) -> Bool {
        ["not allowed", "promisor"].contains { words.range(ofText: $0) != nil }
    }

    private static func isDamaged(_ words: String) -> Bool {
        ["corrupt", "bad object", "bad tree", "inflate", "unable to read", "missing", "is empty", "not a tree object"]
            .contains { words.range(ofText: $0) != nil }
    }
}
