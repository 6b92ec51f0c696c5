import Logging

/// Hands over what the program says in the log, from notices on.
struct Listener: LogHandler {
    let tell: @Sendable (LogEvent) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { tell(event) }

    /// What is told of each event, as it comes; nil for what is not.
    static func stream(_ words: @escaping @Sendable (LogEvent) -> String?) -> (AsyncStream<String>, Logger) {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let listener = Listener { event in
            if let words = words(event) { continuation.yield(words) }
        }
        return (stream, Logger(label: "test") { _ in listener })
    }
}
