import FoundationEssentials
import Glibc
import HTTP
import Processes
import Testing

/// Certificates are always verified. The server is openssl's own, with a certificate it signed itself.
@Suite(
    .enabled(if: TLSServer.program != nil, "openssl is not installed"), .timeLimit(.minutes(5)))
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
        let program = try #require(program)
        try await TemporaryFolder.run { folder in
            let (key, certificate) = (folder.file("key.pem"), folder.file("cert.pem"))
            let making = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ]
            try await ChildProcess.run(program, making) { while await $0.line() != nil {} }
            let serving = ["s_server", "-accept", "127.0.0.1:0", "-www", "-key", key, "-cert", certificate]
            try await ChildProcess.run(program, serving) { server in
                // It says "ACCEPT 127.0.0.1:40123" once it listens.
                var line = await server.line()
                while let other = line, !other.hasPrefix("ACCEPT") { line = await server.line() }
                let port = try #require(line?.split(separator: ":").last.flatMap { Int($0) })
                try await body(TLSServer(port: port, certificate: certificate))
            }
        }
    }
}
