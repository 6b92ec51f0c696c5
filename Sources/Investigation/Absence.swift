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
            case is CancellationError: "Stopped before the code was read."
            default: "No code: the clone could not be read."
            }
    }
}
