import Threads

/// The thread on which libcurl runs, as an actor: nothing else may touch its handles.
actor CurlThread {
    private let loop: CurlLoop
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(settings: CurlSettings) {
        let loop = CurlLoop(settings: settings)
        self.loop = loop
        executor = ThreadExecutor(idle: .init(wait: { loop.turn() }, wake: { loop.wake() }))
    }

    /// Not on the thread: only the exchange itself is, so that it is entered once.
    nonisolated func send(_ request: Request) async throws -> Response {
        try request.check()
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await exchange(request, cancellation)
        } onCancel: { [loop] in
            cancellation.cancel()
            loop.noticeCancellation()
        }
    }

    /// A method and not a closure within `send`, which would run on the cooperative pool.
    private func exchange(_ request: Request, _ cancellation: Cancellation) async throws -> Response {
        try await withCheckedThrowingContinuation { continuation in
            loop.start(Transfer(request, cancellation: cancellation, continuation: continuation))
        }
    }
}
