import Domain

/// What a runbook is matched against: an issue and its event, or an example in a runbook, as far as rules can ask for it.
///
/// Strangers wrote most of it; so each part has a bound.
package struct Subject: Sendable, Hashable {
    package var project: String?
    package var environment: String?
    package var level: Issue.Level?
    /// Of each exception in the chain, root cause first.
    package var types: [String] = []
    /// What the exceptions say, or the message, each from a line of its own.
    package var messages: [String] = []
    package var culprit: String?
    /// File and module of each frame.
    package var paths: [String] = []
    package var tags: [Tag] = []
    /// File name and function of each frame, the crash first; to compare stacks, not for rules.
    package var frames: [String] = []

    package init() {}

    /// - Parameter issue: nil for an event in a file.
    /// - Parameter event: nil when GlitchTip has deleted all of them.
    package init(issue: Issue?, event: Event?) {
        project = issue?.project.slug
        level = issue?.level
        let exceptions = (event?.exceptions ?? []).suffix(Self.mostExceptions)
        types = exceptions.map(\.type).filter { !$0.isEmpty }.map(Self.bounded)
        messages = exceptions.map(\.value).filter { !$0.isEmpty }.map(Self.bounded)
        if exceptions.isEmpty {
            if let type = issue?.metadata.type, !type.isEmpty { types = [Self.bounded(type)] }
            if let value = issue?.metadata.value, !value.isEmpty { messages = [Self.bounded(value)] }
        }
        // SDKs repeat "type: value" as the message; that would make a type a word of the message.
        let message = event?.message ?? ""
        let isRepeated = exceptions.contains { message == $0.value || message == "\($0.type): \($0.value)" }
        if !message.isEmpty, !isRepeated { messages.append(Self.bounded(message)) }
        if messages.isEmpty, types.isEmpty, let title = issue?.title ?? event?.title {
            messages = [Self.bounded(title)]
        }
        environment = event?.environment.map(Self.bounded)
        culprit = event?.transaction.map(Self.bounded)
        tags = (event?.tags ?? []).prefix(100).map { Tag(key: Self.bounded($0.key), value: Self.bounded($0.value)) }
        for exception in exceptions.reversed() {
            for frame in exception.frames.suffix(Self.mostFrames).reversed() { add(frame) }
        }
    }

    private mutating func add(_ frame: Frame) {
        for path in [frame.filename, frame.module ?? ""].map(Self.bounded)
        where !path.isEmpty && paths.count < Self.mostPaths && !paths.contains(path) {
            paths.append(path)
        }
        let name = frame.filename.prefix(1000).split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let key = Self.bounded("\(name) \(frame.function ?? "")")
        if frames.count < Self.mostPaths, !frames.contains(key) { frames.append(key) }
    }

    private static let mostExceptions = 5
    private static let mostFrames = 50
    private static let mostPaths = 60

    private static func bounded(_ text: String) -> String {
        text.utf8.count <= 1000 ? text : String(decoding: text.utf8.prefix(1000), as: UTF8.self)
    }
}

/// A text that rules look into.
enum Field: String, Sendable, CaseIterable {
    case type, message, culprit, path

    func texts(of subject: Subject) -> [String] {
        switch self {
        case .type: subject.types
        case .message: subject.messages
        case .culprit: subject.culprit.map { [$0] } ?? []
        case .path: subject.paths
        }
    }
}
