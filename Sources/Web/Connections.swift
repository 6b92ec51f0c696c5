import NIOCore

/// The open connections of a server, and how many there may be. Lives on the server's event loop.
final class Connections {
    private let limit: Int
    private var open: [ObjectIdentifier: Connection] = [:]
    private var isClosing = false

    init(limit: Int) { self.limit = limit }

    /// When all places are taken, the connection that has been waiting longest makes room: a flood of silent clients
    /// does not keep an alert out. Who has sent a request is safe.
    func add(_ connection: Connection) {
        if isClosing { return connection.close() }
        if open.count >= limit {
            guard let longest = longestWaiting else { return connection.close() }
            remove(longest)
            longest.close()
        }
        open[ObjectIdentifier(connection)] = connection
    }

    func remove(_ connection: Connection) { open[ObjectIdentifier(connection)] = nil }

    /// Lets each finish the request it is at.
    func closeWhenAnswered() {
        isClosing = true
        for connection in open.values { connection.closeWhenAnswered() }
    }

    private var longestWaiting: Connection? {
        open.values.compactMap { connection in connection.waitingSince.map { (connection, $0) } }.min { $0.1 < $1.1 }?.0
    }
}
