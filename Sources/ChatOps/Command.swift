/// Something the bot can be asked to do: a value that answers a `Call` with a `Reply`. It never sends.
package protocol Command: Sendable {
    static var manual: Manual { get }

    /// Throws a `Refusal` to say no in plain words. Any other error is a fault: it is logged under a reference and the
    /// chat sees only that. May run a second time for the same call when the process died in between.
    func run(_ call: Call) async throws -> Reply
}

extension Command {
    package var manual: Manual { Self.manual }
}
