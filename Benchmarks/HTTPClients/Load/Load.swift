import Glibc

/// The same work for every client: so many GETs, so many at once, and what they cost.
package struct Load: Sendable {
    private let url: String
    private let requests: Int
    private let concurrency: Int

    /// Reads `URL REQUESTS CONCURRENCY` from the command line; nil when they are not there.
    package init?(arguments: [String] = CommandLine.arguments) {
        guard arguments.count == 4, let requests = Int(arguments[2]), let concurrency = Int(arguments[3]) else {
            return nil
        }
        url = arguments[1]
        self.requests = requests
        self.concurrency = concurrency
    }

    /// Prints requests a second, CPU microseconds a request, the peak resident size in KiB and the bytes received.
    ///
    /// - Parameter get: fetches the URL and returns the size of the body, all of it in memory.
    package func run(_ get: @escaping @Sendable (String) async throws -> Int) async throws {
        _ = try await send(max(concurrency, requests / 10), get)
        let (start, before) = (ContinuousClock.now, Self.usage())
        let bytes = try await send(requests, get)
        let (elapsed, after) = (ContinuousClock.now - start, Self.usage())
        let rate = Double(requests) / (elapsed / .seconds(1))
        let cpu = (after.cpu - before.cpu) / .microseconds(1) / Double(requests)
        print(Int(rate), (cpu * 10).rounded() / 10, after.peak, bytes)
    }

    private func send(_ count: Int, _ get: @escaping @Sendable (String) async throws -> Int) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<concurrency {
                group.addTask {
                    var bytes = 0
                    for _ in stride(from: worker, to: count, by: concurrency) { bytes += try await get(url) }
                    return bytes
                }
            }
            return try await group.reduce(0, +)
        }
    }

    private static func usage() -> (cpu: Duration, peak: Int) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let time = { (value: timeval) in Duration.seconds(value.tv_sec) + .microseconds(value.tv_usec) }
        return (time(usage.ru_utime) + time(usage.ru_stime), usage.ru_maxrss)
    }
}
