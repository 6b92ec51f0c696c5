import FoundationEssentials

/// Where Redis is: `redis://[[user]:password@]host[:port][/db]` or `unix:///path/redis.sock[?db=1]`.
package struct RedisURL: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        case host(String, port: Int32)
        case socket(String)
    }

    let place: Place
    let user: String?
    let password: String?
    let database: Int

    /// Nil when it is neither; `rediss://` (TLS) is not supported.
    package init?(text: String) {
        guard let parts = URLComponents(string: text) else { return nil }
        switch parts.scheme {
        case "redis":
            guard let host = parts.host, !host.isEmpty else { return nil }
            let number = parts.path.drop { $0 == "/" }
            guard let database = number.isEmpty ? 0 : Int(number) else { return nil }
            place = .host(host, port: Int32(clamping: parts.port ?? 6379))
            self.database = database
        case "unix":
            guard parts.path.hasPrefix("/"), parts.path.utf8.count < 108 else { return nil }
            let number = parts.queryItems?.first { $0.name == "db" }?.value
            guard let database = number.map({ Int($0) }) ?? 0 else { return nil }
            place = .socket(parts.path)
            self.database = database
        default:
            return nil
        }
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password
    }
}
