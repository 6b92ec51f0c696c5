import CCurl
import Glibc
import Synchronization

/// All exchanges in flight, and the connections that are kept between them: one `curl_multi`.
///
/// `@unchecked Sendable`: `start` and `turn`, which alone touch the handles and the two collections, are called on the
/// thread of `CurlThread` only. `wake` and `noticeCancellation`, called from anywhere, touch atomics and call
/// `curl_multi_wakeup`, which libcurl allows from any thread; whoever calls them keeps the loop, so `deinit` is alone.
final class CurlLoop: @unchecked Sendable {
    private static let isLibraryReady = {
        curl_keep_freed_memory()
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()
    /// Handles kept for reuse: they hold their TLS sessions, and making one costs more than clearing one.
    private static let spareLimit = 16
    /// Milliseconds. With nothing in flight there is nothing to do until a wake.
    private static let longestNap: Int32 = 60_000

    private let settings: CurlSettings
    private let multi: UnsafeMutableRawPointer?
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var spares: [UnsafeMutableRawPointer] = []

    private let hasCancellations = Atomic(false)
    private let isWakeUnderWay = Atomic(false)
    /// The loop's own thread (`pthread_self`), 0 before its first turn.
    private let thread = Atomic<UInt>(0)

    init(settings: CurlSettings) {
        self.settings = settings
        multi = Self.isLibraryReady ? curl_multi_init() : nil
        // Kept connections, in all. The library's own default grows with the number of requests in flight.
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
    }

    deinit {
        for (handle, transfer) in transfers {
            curl_multi_remove_handle(multi, handle)
            transfer.fail(CancellationError())
            curl_easy_cleanup(handle)
        }
        for handle in spares { curl_easy_cleanup(handle) }
        curl_multi_cleanup(multi)
    }

    func start(_ transfer: Transfer) {
        guard !transfer.cancellation.isCancelled else { return transfer.fail(CancellationError()) }
        guard let multi, let handle = spares.popLast() ?? curl_easy_init() else {
            return transfer.fail(Failure(.unreachable, "libcurl has no memory"))
        }
        do throws(Failure) {
            try transfer.prepare(handle, settings: settings)
        } catch {
            discard(handle)
            return transfer.fail(error)
        }
        transfers[handle] = transfer
        curl_multi_add_handle(multi, handle)
    }

    /// Waits until something is due, moves every exchange on as far as it goes, and answers those that are over.
    ///
    /// In this order: an answer makes a job for this very thread, which must not find it waiting (see `wake`).
    func turn() {
        if thread.load(ordering: .relaxed) == 0 { thread.store(UInt(pthread_self()), ordering: .relaxed) }
        curl_multi_poll(multi, nil, 0, Self.longestNap, nil)
        isWakeUnderWay.store(false, ordering: .sequentiallyConsistent)
        if hasCancellations.exchange(false, ordering: .sequentiallyConsistent) { abortCancelled() }
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let handle = message.easy_handle else { continue }
            finish(handle, message.data.result)
        }
    }

    /// Ends the wait in `turn`. Nothing to do on the loop's own thread, which is not waiting then, nor when an earlier
    /// wake has not been seen yet; each saves a system call or three.
    func wake() {
        guard thread.load(ordering: .relaxed) != UInt(pthread_self()) else { return }
        guard !isWakeUnderWay.exchange(true, ordering: .sequentiallyConsistent) else { return }
        curl_multi_wakeup(multi)
    }

    /// Some transfer's cancellation was set: it is aborted in the next turn, which is now.
    func noticeCancellation() {
        hasCancellations.store(true, ordering: .sequentiallyConsistent)
        wake()
    }

    private func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let transfer = transfers[handle] else { return }
        curl_multi_remove_handle(multi, handle)
        if transfer.mayStartAfresh(handle, after: code) {
            curl_multi_add_handle(multi, handle)
            return
        }
        transfers[handle] = nil
        transfer.finish(handle, code)
        discard(handle)
    }

    private func abortCancelled() {
        for (handle, transfer) in transfers where transfer.cancellation.isCancelled {
            // Half an exchange cannot be used again: libcurl closes its connection (over HTTP/2, its stream).
            curl_multi_remove_handle(multi, handle)
            transfers[handle] = nil
            transfer.fail(CancellationError())
            discard(handle)
        }
    }

    private func discard(_ handle: UnsafeMutableRawPointer) {
        guard spares.count < Self.spareLimit else { return curl_easy_cleanup(handle) }
        curl_easy_reset(handle)
        spares.append(handle)
    }
}

/// Set once, by the task that was cancelled; read by the loop.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .sequentiallyConsistent) }

    func cancel() { flag.store(true, ordering: .sequentiallyConsistent) }
}
