import Glibc
import Processes

/// A server that does to the client exactly what a test says, byte by byte, right or wrong.
///
///     let server = try RoughServer { connection in
///         while connection.receive() != nil { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
///     }
///     defer { server.stop() }
///
/// Each connection has a thread of its own and is closed when the closure returns.
///
/// `@unchecked Sendable`: the set of open sockets is touched only between `lock` and `unlock`.
final class RoughServer: @unchecked Sendable {
    let port: Int
    private let listener: Int32
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var sockets: Set<Int32> = []
    private var isStopped = false

    var url: String { "http://127.0.0.1:\(port)" }

    init(_ serve: @escaping @Sendable (RoughConnection) -> Void) throws {
        (listener, port) = try Self.listen()
        pthread_mutex_init(mutex, nil)
        Self.onThread { [self] in
            var number = 0
            while case let socket = accept(listener, nil, nil), socket >= 0 {
                number += 1
                let connection = RoughConnection(socket: socket, number: number)
                guard keep(socket) else { break }
                Self.onThread { [self] in
                    serve(connection)
                    release(socket)
                }
            }
            close(listener)
        }
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Ends every connection, so that no thread is left waiting.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        pthread_mutex_unlock(mutex)
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func keep(_ socket: Int32) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isStopped { close(socket) } else { sockets.insert(socket) }
        return !isStopped
    }

    private func release(_ socket: Int32) {
        pthread_mutex_lock(mutex)
        sockets.remove(socket)
        close(socket)
        pthread_mutex_unlock(mutex)
    }

    /// A socket on a port that the kernel picks.
    static func listen() throws -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && Glibc.listen(listener, 512) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw SystemError(number: errno) }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func onThread(_ body: @escaping @Sendable () -> Void) {
        var id = pthread_t()
        let status = pthread_create(
            &id, nil,
            { pointer in
                if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, Unmanaged.passRetained(Work(body)).toOpaque())
        precondition(status == 0, "the system has no thread left")
        pthread_detach(id)
    }
}

/// One accepted socket. Its calls block, as is right on a thread of its own.
struct RoughConnection: Sendable {
    let socket: Int32
    /// Counted from 1 in the order of arrival.
    let number: Int

    /// The next request, nil when the client closed.
    func receive() -> RoughRequest? {
        guard let head = receiveHead() else { return nil }
        var request = RoughRequest(head: head)
        while request.body.count < request.length {
            guard let more = receiveBytes(atMost: request.length - request.body.count) else { return nil }
            request.body += more
        }
        return request
    }

    /// The lines up to the empty one; what follows stays in the socket.
    func receiveHead() -> String? {
        var head: [UInt8] = []
        while !head.reversed().starts(with: "\n\r\n\r".utf8) {
            guard let byte = receiveBytes(atMost: 1) else { return nil }
            head += byte
        }
        return String(decoding: head, as: UTF8.self)
    }

    func receiveBytes(atMost limit: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, recv(socket, buffer.baseAddress, limit, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    @discardableResult
    func send(_ text: String) -> Bool { send([UInt8](text.utf8)) }

    /// False when the client has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func answer(_ body: String, status: String = "200 OK", headers: [String] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Returns once the client has closed.
    func waitForClose() { while receiveBytes(atMost: 4096) != nil {} }
}

struct RoughRequest: Sendable {
    let head: String
    var body: [UInt8] = []

    var line: String { String(head.prefix { $0 != "\r\n" }) }
    var length: Int { header("content-length").flatMap { Int($0) } ?? 0 }

    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].lowercased() == name else { continue }
            return String(parts[1].drop { $0 == " " })
        }
        return nil
    }
}
