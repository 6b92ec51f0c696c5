import Domain
import HTTP
import Telegram
import Testing

/// The real client before a Telegram that is rough with it. The address holds the token: no word of it may come back.
@Suite(.timeLimit(.minutes(5))) struct TelegramWireTests {
    private func api(_ base: String) -> BotAPI { BotAPI(base: base, token: Secret(BotAPI.token), http: .curl()) }

    @Test func `an update is got, answered and confirmed`() async throws {
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                let body = String(decoding: request.body, as: UTF8.self)
                let isRight = request.line.hasPrefix("POST /bot\(BotAPI.token)/")
                switch request.line.split(separator: "/").dropLast().last?.split(separator: " ").first {
                case "getUpdates" where isRight && body.contains("\"offset\":18"):
                    connection.answer(#"{"ok":true,"result":[]}"#)
                case "getUpdates" where isRight:
                    connection.answer(#"{"ok":true,"result":[{"update_id":17,"message":{}}]}"#)
                case "sendMessage" where isRight: connection.answer(#"{"ok":true,"result":{"message_id":5}}"#)
                default: connection.answer(#"{"ok":false,"error_code":404}"#, status: "404 Not Found")
                }
            }
        }
        defer { server.stop() }
        let api = api(server.url)
        #expect(try await api.updates(from: nil, wait: .zero).map(\.id) == [17])
        #expect(try await api.send(Content(.html("x")), to: Destination(chat: 1)) == 5)
        #expect(try await api.updates(from: 18, wait: .zero).isEmpty)
    }

    @Test func `a file arrives whole`() async throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                let isWhole =
                    request.body.contains(bytes)
                    && request.header("content-type")?.hasPrefix("multipart/form-data") == true
                connection.answer(#"{"ok":true,"result":{"message_id":\#(isWhole ? 6 : 0)}}"#)
            }
        }
        defer { server.stop() }
        #expect(try await api(server.url).sendDocument(name: "x.bin", bytes: bytes, to: Destination(chat: 1)) == 6)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":true,", BotAPIError.unreachable("", isUnsent: false)),
        ("", .unreachable("", isUnsent: false)),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", .server(502)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", .malformed),
        ("HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n", .malformed),
    ])
    func `a bad answer is an error without the token`(answer: String, expected: BotAPIError) async throws {
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send(answer)
        }
        defer { server.stop() }
        await #expect { try await api(server.url).me() } throws: { error in
            guard let error = error as? BotAPIError, !String(reflecting: error).contains("AAH") else { return false }
            if case (.unreachable(_, let isUnsent), .unreachable(_, let expected)) = (error, expected) {
                return isUnsent == expected
            }
            return error == expected
        }
    }

    @Test func `a Telegram that is not there has got nothing`() async {
        await #expect { try await api("http://127.0.0.1:1").me() } throws: { error in
            guard case BotAPIError.unreachable(let why, isUnsent: true) = error else { return false }
            return !why.contains("AAH") && !why.isEmpty
        }
    }
}
