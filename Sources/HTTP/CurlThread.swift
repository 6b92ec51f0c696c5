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

    func send(_ request: Request) async throws -> Response {
        try request.check()
        let loop = loop
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.start(Transfer(request, cancellation: cancellation, continuation: continuation))
            }
        } onCancel: {
            cancellation.cancel()
            loop.noticeCancellation()
        }
    }
}
