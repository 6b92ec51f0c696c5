import Domain
import HTTP
import Telegram
import Testing

/// Files, byte by byte.
@Suite struct FileTests {
    private let log = RequestLog()

    private var api: BotAPI { BotAPI(log: log) { _, _ in .json(#"{"ok":true,"result":{"message_id":80}}"#) } }

    /// The only request's body, its boundary written as `B`.
    private func sent() async throws -> (method: String, body: String) {
        let request = try #require(await log.requests.first)
        let type = try #require(request.headers.first { $0.name == "Content-Type" }?.value)
        let boundary = try #require(type.split(separator: "boundary=").last)
        #expect(type == "multipart/form-data; boundary=\(boundary)")
        #expect(boundary.utf8.count <= 70 && boundary.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" })
        return (request.telegramMethod, request.bodyText.replacing(boundary, with: "B"))
    }

    @Test func `a document with everything`() async throws {
        let id = try await api.sendDocument(
            name: "report.csv", bytes: Array("a,b\r\n1,2\n".utf8), caption: "<b>\("a<b")</b>",
            to: Destination(chat: -1001, thread: 17), replyingTo: 9, silent: true)
        #expect(id == 80)
        let (method, body) = try await sent()
        #expect(method == "sendDocument")
        #expect(
            body == """
                --B\r
                Content-Disposition: form-data; name="chat_id"\r
                \r
                -1001\r
                --B\r
                Content-Disposition: form-data; name="message_thread_id"\r
                \r
                17\r
                --B\r
                Content-Disposition: form-data; name="caption"\r
                \r
                <b>a&lt;b</b>\r
                --B\r
                Content-Disposition: form-data; name="parse_mode"\r
                \r
                HTML\r
                --B\r
                Content-Disposition: form-data; name="disable_notification"\r
                \r
                true\r
                --B\r
                Content-Disposition: form-data; name="reply_parameters"\r
                \r
                {"message_id":9,"allow_sending_without_reply":true}\r
                --B\r
                Content-Disposition: form-data; name="document"; filename="report.csv"\r
                Content-Type: application/octet-stream\r
                \r
                a,b\r
                1,2
                \r
                --B--\r

                """)
    }

    @Test func `a picture with nothing but itself`() async throws {
        _ = try await api.sendPhoto(
            [0x89, 0x50, 0x4E, 0x47, 0x00, 0xFF, 0x0D, 0x0A], to: Destination(chat: 5, thread: 1))
        let request = try #require(await log.requests.first)
        #expect(request.telegramMethod == "sendPhoto")
        let body = try #require(request.body)
        let head = """
            Content-Disposition: form-data; name="chat_id"\r
            \r
            5\r

            """
        #expect(body.contains(Array(head.utf8)))
        let file =
            Array(#"; name="photo"; filename="picture.png""#.utf8) + Array("\r\nContent-Type: image/png\r\n\r\n".utf8)
        #expect(body.contains(file + [0x89, 0x50, 0x4E, 0x47, 0x00, 0xFF, 0x0D, 0x0A] + Array("\r\n--".utf8)))
        #expect(!body.contains(Array("message_thread_id".utf8)) && !body.contains(Array("caption".utf8)))
        #expect(request.timeout >= .seconds(120))
    }

    @Test(arguments: [
        ("a.txt", "a.txt"), ("../../etc/passwd", ".._.._etc_passwd"), ("a\"; name=\"chat_id", "a_; name=_chat_id"),
        ("a\r\nX-Evil: 1", "a__X-Evil: 1"), ("a\\b", "a_b"), ("", "file"), ("Übersicht 📈.csv", "Übersicht 📈.csv"),
        ("a\0", "a_"),
    ])
    func `a file's name cannot leave its place`(name: String, expected: String) async throws {
        _ = try await api.sendDocument(name: name, bytes: [], to: Destination(chat: 5))
        #expect(try await sent().body.contains("; name=\"document\"; filename=\"\(expected)\"\r\n"))
    }

    @Test func `a caption has 1024 units`() async throws {
        let text = String(repeating: "<", count: 2000)
        _ = try await api.sendPhoto([], caption: "<b>\(text)</b>", to: Destination(chat: 5))
        let body = try await sent().body
        #expect(body.contains("<b>" + String(repeating: "&lt;", count: 1023) + "…</b>\r\n"))
    }

    /// The boundary comes of the contents; one that holds it gets another.
    @Test func `no content can hold the boundary`() async throws {
        let log = log
        func boundary(_ bytes: [UInt8]) async throws -> String {
            _ = try await api.sendDocument(name: "x", bytes: bytes, to: Destination(chat: 5))
            let type = await log.requests.last?.headers.first { $0.name == "Content-Type" }?.value ?? ""
            return String(type.split(separator: "boundary=").last ?? "")
        }
        let first = try await boundary([1, 2, 3])
        #expect(try await boundary([1, 2, 3]) == first)
        #expect(try await boundary([1, 2, 4]) != first)
        let hostile = Array("--tipline-\r\n\(first)\r\n--\(first)--\r\n".utf8)
        let other = try await boundary(hostile)
        #expect(!hostile.contains(Array(other.utf8)))
    }

    @Test(arguments: [
        (413, "Request Entity Too Large", BotAPIError.refused("Request Entity Too Large")),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", .refused("Bad Request: PHOTO_INVALID_DIMENSIONS")),
        (400, "Bad Request: can't parse entities: x", .unparseable),
        (429, "Too Many Requests: retry after 3", .tooManyRequests(5)),
    ])
    func `a file may be refused`(code: Int, description: String, error: BotAPIError) async {
        let api = BotAPI(refusing: description, code: code)
        await #expect(throws: error) { try await api.sendPhoto([1], to: Destination(chat: 5)) }
    }
}
