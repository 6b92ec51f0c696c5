import Domain
import Testing

@testable import Storage

@Suite struct RedisURLTests {
    @Test(
        arguments: [
            ("redis://localhost", "localhost", 6379, 0, nil, nil),
            ("redis://localhost:6380/3", "localhost", 6380, 3, nil, nil),
            ("redis://:secret@10.0.0.1/", "10.0.0.1", 6379, 0, nil, "secret"),
            (
                "redis://tipline:p%40ss%2Fword%25@redis.example.com:1", "redis.example.com", 1, 0, "tipline",
                "p@ss/word%"
            ),
            // Not encoded as they ought to be, and still clear.
            ("redis://:hunter2%@host", "host", 6379, 0, nil, "hunter2%"),
            ("redis://:p@ss@host", "host", 6379, 0, nil, "p@ss"),
            ("REDIS://[::1]:6379/15", "::1", 6379, 15, nil, nil),
        ] as [(String, String, Int32, Int, String?, String?)])
    func `reads a host`(
        text: String, host: String, port: Int32, database: Int, user: String?, password: String?
    ) throws {
        let url = try RedisURL(text: text)
        #expect(url.place == .host(host, port: port))
        #expect(url.database == database)
        #expect(url.user == user)
        #expect(url.password?.reveal() == password)
    }

    @Test(
        arguments: [
            ("unix:///run/redis/redis.sock", "/run/redis/redis.sock", 0, nil),
            ("unix:///run/my%20redis.sock?db=2", "/run/my redis.sock", 2, nil),
            ("unix://:pass@/run/redis.sock", "/run/redis.sock", 0, "pass"),
        ] as [(String, String, Int, String?)])
    func `reads a socket`(text: String, path: String, database: Int, password: String?) throws {
        let url = try RedisURL(text: text)
        #expect(url.place == .socket(path))
        #expect(url.database == database)
        #expect(url.password?.reveal() == password)
    }

    @Test(arguments: [
        ("rediss://:hunter2@host", "TLS"),
        ("http://:hunter2@host", "neither with redis:// nor with unix://"),
        ("localhost:6379", "neither with redis:// nor with unix://"),
        ("", "not a URL"),
        ("redis://:hunter2@", "no host"),
        ("redis://:hunter2@host/shop", "database"),
        ("redis://:hunter2@host/-1", "database"),
        ("redis://:hunter2@host:0", "port"),
        ("redis://:hunter2@host:70000", "port"),
        ("unix://redis.sock", "whole path"),
        ("unix:///redis.sock?db=x", "database"),
        ("unix:///" + String(repeating: "x", count: 120), "107 bytes"),
    ])
    func `says what is wrong, without the password`(text: String, part: String) {
        let mistake = #expect(throws: RedisURL.Mistake.self) { try RedisURL(text: text) }
        let words = mistake?.description ?? ""
        #expect(words.contains(part) && !words.contains("hunter2"), "\(words)")
    }

    @Test func `does not print its password`() throws {
        let url = try RedisURL(text: "redis://:hunter2@host")
        #expect(!String(describing: url).contains("hunter2"))
        #expect(!String(reflecting: url).contains("hunter2"))
    }
}
