import Domain
import FoundationEssentials

/// Where Redis is: `redis://[[user]:password@]host[:port][/db]` or `unix:///path/redis.sock[?db=1]`.
///
/// Can be printed: the password does not show.
package struct RedisURL: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        case host(String, port: Int32)
        case socket(String)
    }

    /// What is wrong with a text, in words for whoever wrote it; never the text itself, which may hold a password.
    package struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    let place: Place
    let user: String?
    let password: Secret?
    let database: Int

    package init(text: String) throws(Mistake) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            throw Mistake(description: "is not a URL; write % signs and @ in a password as %25 and %40")
        }
        let number: Substring
        switch scheme {
        case "redis":
            place = try Self.host(of: parts)
            number = parts.path.drop { $0 == "/" }
        case "unix":
            place = try Self.socket(of: parts)
            number = parts.queryItems?.first { $0.name == "db" }?.value.map { Substring($0) } ?? ""
        case "rediss":
            throw Mistake(
                description: "asks for TLS (rediss://), which Tipline does not speak to Redis; "
                    + "use redis:// on a private network, or a tunnel such as stunnel")
        default:
            throw Mistake(description: "begins neither with redis:// nor with unix://")
        }
        guard let database = number.isEmpty ? 0 : Int(number), database >= 0 else {
            throw Mistake(description: "has something else than a number for its database")
        }
        self.database = database
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    private static func host(of parts: URLComponents) throws(Mistake) -> Place {
        guard let host = parts.host, !host.isEmpty else { throw Mistake(description: "names no host") }
        let port = parts.port ?? 6379
        guard (1...65535).contains(port) else { throw Mistake(description: "has a port that does not exist") }
        // An IPv6 address stands in brackets in a URL, and without them everywhere else.
        return .host(host.trimming { $0 == "[" || $0 == "]" }, port: Int32(port))
    }

    private static func socket(of parts: URLComponents) throws(Mistake) -> Place {
        guard (parts.host ?? "").isEmpty, parts.path.hasPrefix("/") else {
            throw Mistake(description: "needs a whole path after unix://, as in unix:///run/redis/redis.sock")
        }
        // The system's own limit for a socket.
        guard parts.path.utf8.count < 108 else { throw Mistake(description: "has a path of more than 107 bytes") }
        return .socket(parts.path)
    }
}

extension String {
    fileprivate func trimming(_ isCut: (Character) -> Bool) -> String {
        String(drop(while: isCut).reversed().drop(while: isCut).reversed())
    }
}
