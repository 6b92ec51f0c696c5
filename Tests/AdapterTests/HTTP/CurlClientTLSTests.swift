import FoundationEssentials
import Glibc
import HTTP
import Testing

/// Certificates are always verified. The server is openssl's own, with a certificate it signed itself.
@Suite(
    .enabled(if: TLSServer.program != nil, "openssl is not installed"), .timeLimit(.minutes(1)))
struct CurlClientTLSTests {
    @Test func `a certificate nobody vouches for is refused`() async throws {
        try await TLSServer.run { server in
            let failure = await failure(Client.curl(), "https://localhost:\(server.port)/AAHsecretToken")
            #expect(failure?.kind == .refused)
            #expect(failure?.description.contains("certificate") == true)
            #expect(failure?.description.contains("AAHsecretToken") == false)
        }
    }

    @Test func `a certificate for another name is refused`() async throws {
        try await TLSServer.run { server in
            let client = Client.curl(certificates: server.certificate)
            #expect(await failure(client, "https://127.0.0.1:\(server.port)/")?.kind == .refused)
        }
    }

    @Test func `a certificate of a trusted authority is accepted`() async throws {
        try await TLSServer.run { server in
            let client = Client.curl(certificates: server.certificate)
            let response = try await client.send(Request(.get, "https://localhost:\(server.port)/"))
            #expect(response.status == 200)
        }
    }

    @Test func `a missing file of authorities is refused`() async throws {
        try await TLSServer.run { server in
            let client = Client.curl(certificates: "/nowhere/authorities.pem")
            #expect(await failure(client, "https://localhost:\(server.port)/")?.kind == .refused)
        }
    }

    private func failure(_ client: Client, _ url: String) async -> Failure? {
        do {
            _ = try await client.send(Request(.get, url))
            return nil
        } catch {
            return error as? Failure
        }
    }
}

/// `openssl s_server` for the time of a closure, in a folder that goes with it.
private struct TLSServer {
    static let program: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/bin/openssl"].first {
        (path: String) in access(path, X_OK) == 0
    }

    let port: Int
    let certificate: String

    static func run(_ body: (TLSServer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tipline-tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key.pem").path, folder.appending(path: "cert.pem").path)
        let maker = try Child([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
        ])
        maker.wait()
        let server = try Child(["s_server", "-accept", "127.0.0.1:0", "-www", "-key", key, "-cert", certificate])
        defer {
            kill(server.id, SIGKILL)
            server.wait()
        }
        // It says "ACCEPT 127.0.0.1:40123" once it listens.
        let line = try #require(server.line(startingWith: "ACCEPT"))
        let port = try #require(line.split(separator: ":").last.flatMap { Int($0) })
        try await body(TLSServer(port: port, certificate: certificate))
    }
}

/// openssl as a child process whose output is read line by line.
private struct Child {
    let id: pid_t
    private let output: UnsafeMutablePointer<FILE>

    init(_ arguments: [String]) throws {
        let program = try #require(TLSServer.program)
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, let output = fdopen(ends[0], "r") else { throw SystemError(number: errno) }
        self.output = output
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id: pid_t = 0
        let status = posix_spawn(&id, program, &actions, nil, &words, environ)
        close(ends[1])
        guard status == 0 else { throw SystemError(number: status) }
        self.id = id
    }

    func line(startingWith prefix: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 512)
        while fgets(&buffer, Int32(buffer.count), output) != nil {
            let line = String(
                decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if line.hasPrefix(prefix) { return line }
        }
        return nil
    }

    /// Returns when it has ended; closes its output.
    func wait() {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        fclose(output)
    }
}
