import CHiredis
import Glibc
import Threads

/// One attempt to connect, on a short-lived thread of its own: hiredis looks the name up, and a name server that does
/// not answer must not hold up those who only want to hear that Redis is away.
///
/// `@unchecked Sendable`: `outcome` is touched only between `lock` and `unlock`, and whoever takes the connection out
/// is the only one to have it.
final class RedisDialling: @unchecked Sendable {
    private let place: RedisURL.Place
    private let doorbell: Doorbell
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var outcome: Result<RedisConnection, RedisError>?

    /// Begins; `doorbell` rings when there is an outcome.
    static func begin(_ place: RedisURL.Place, ringing doorbell: Doorbell) -> RedisDialling {
        let dialling = RedisDialling(place, doorbell)
        var id = pthread_t()
        let pointer = Unmanaged.passRetained(dialling)
        let status = pthread_create(
            &id, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<RedisDialling>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, pointer.toOpaque())
        if status == 0 {
            pthread_detach(id)
        } else {
            pointer.release()
            dialling.settle(.failure(.unavailable("the system has no thread left")))
        }
        return dialling
    }

    private init(_ place: RedisURL.Place, _ doorbell: Doorbell) {
        self.place = place
        self.doorbell = doorbell
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// The outcome, once; nil while there is none.
    func take() -> Result<RedisConnection, RedisError>? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        defer { outcome = nil }
        return outcome
    }

    private func run() {
        let context =
            switch place {
            case .host(let host, let port): redisConnectNonBlock(host, port)
            case .socket(let path): redisConnectUnixNonBlock(path)
            }
        guard let context else { return settle(.failure(.unavailable("no memory"))) }
        let connection = RedisConnection(context)
        settle(connection.problem.map { .failure(.unavailable($0)) } ?? .success(connection))
    }

    private func settle(_ result: Result<RedisConnection, RedisError>) {
        pthread_mutex_lock(mutex)
        outcome = result
        pthread_mutex_unlock(mutex)
        doorbell.ring()
    }
}
