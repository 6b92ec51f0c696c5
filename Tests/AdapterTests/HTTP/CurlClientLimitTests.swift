import HTTP
import Testing

/// An answer over the limit is an error, not memory.
@Suite(.timeLimit(.minutes(5))) struct CurlClientLimitTests {
    private let client = Client.curl()

    @Test(arguments: [
        "Content-Length: 1001", "Content-Length: 999999999999", "Transfer-Encoding: chunked", "Connection: close",
    ])
    func `an endless answer is cut off at the limit`(header: String) async throws {
        let (stopped, signal) = AsyncStream.makeStream(of: Void.self)
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\(header)\r\n\r\n")
            let piece = "400\r\n" + String(repeating: ".", count: 0x400) + "\r\n"
            // Only a client that hangs up ends this.
            while connection.send(piece) {}
            signal.finish()
        }
        defer { server.stop() }
        await #expect(throws: Failure.self, "\(header)") {
            do {
                _ = try await client.send(Request(.get, server.url, responseLimit: 1000))
            } catch let failure as Failure {
                #expect(failure.kind == .tooLarge(limit: 1000))
                #expect(failure.description == "The answer is larger than 1000 bytes")
                throw failure
            }
        }
        for await _ in stopped {}
    }

    @Test func `an answer of exactly the limit is taken`() async throws {
        let server = try RoughServer { connection in
            while connection.receive() != nil { connection.answer(String(repeating: "x", count: 1000)) }
        }
        defer { server.stop() }
        #expect(try await client.send(Request(.get, server.url, responseLimit: 1000)).body.count == 1000)
    }

    @Test func `what counts is the size after decompression`() async throws {
        let bomb = Self.gzip(zeros: 64 << 20)
        #expect(bomb.count < 1 << 20)
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
            connection.send(bomb)
        }
        defer { server.stop() }
        await #expect {
            _ = try await client.send(Request(.get, server.url, responseLimit: 1 << 20))
        } throws: {
            ($0 as? Failure)?.kind == .tooLarge(limit: 1 << 20)
        }
    }

    @Test func `endless headers are cut off too`() async throws {
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-More: \(String(repeating: "x", count: 1000))\r\n") {}
        }
        defer { server.stop() }
        await #expect(throws: Failure.self) { _ = try await client.send(Request(.get, server.url)) }
    }

    /// Zeros packed with one fixed Huffman block: a literal, then as many copies of 258 as it takes.
    private static func gzip(zeros: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var rest: UInt32 = 0
        var restCount: UInt32 = 0
        func put(_ bits: UInt32, _ count: UInt32) {
            rest |= bits << restCount
            restCount += count
            while restCount >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
                restCount -= 8
            }
        }
        put(0b011, 3)
        put(0b0000_1100, 8)  // literal 0, 00110000 from its highest bit
        for _ in 0..<(zeros / 258) {
            put(0b1010_0011, 8)  // length 258, 11000101 from its highest bit
            put(0, 5)  // distance 1
        }
        put(0, 15)
        return bytes
    }
}
