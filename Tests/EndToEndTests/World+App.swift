import FoundationEssentials
import Logging
import Sandbox

@testable import tipline

extension World {
    /// A world in a folder of its own, which goes with it.
    static func visit(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "tipline-world-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await run(in: folder, body)
    }

    /// The whole program in this world; its ledger stays from one to the next.
    func app(_ changes: [String: String] = [:]) throws -> App {
        var log = Logger(label: "test")
        log.logLevel = .critical
        return App(try Configuration(Settings(environment: environment.merging(changes) { $1 })), log: log)
    }

    /// By a clock that stands at this time when the program starts.
    func app(at seconds: Double, _ changes: [String: String] = [:]) throws -> App {
        var log = Logger(label: "test")
        log.logLevel = .critical
        let offset = seconds - Date().timeIntervalSince1970
        return App(
            try Configuration(Settings(environment: environment.merging(changes) { $1 })), log: log,
            now: { Date().addingTimeInterval(offset) })
    }

    /// Runs the program for as long as the body does.
    func withBot(_ changes: [String: String] = [:], _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await app(changes).run { _ in
            try await telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
            try await body()
        }
    }

    /// The next message that begins like this, new or changed.
    func message(beginning words: String) async throws -> ShownMessage {
        while true {
            let change = try await telegram.next { $0.message?.plain.hasPrefix(words) ?? false }
            if let message = change.message { return message }
        }
    }
}
