import Glibc

/// A thread of its own for an actor, so that a C library which blocks never holds up the cooperative pool.
///
///     actor Connection {
///         private let executor = ThreadExecutor()
///         nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
///     }
///
/// The thread ends when the executor is released and its jobs are done.
package final class ThreadExecutor: SerialExecutor, Sendable {
    /// How the thread waits when it has no job: on a condition by default, or in a C library's own loop.
    package struct Idle: Sendable {
        /// Blocks until `wake` is called or the library has work; runs on the thread.
        package let wait: @Sendable () -> Void
        /// Ends a `wait`, also one that begins only after; called from any thread.
        package let wake: @Sendable () -> Void

        package init(wait: @escaping @Sendable () -> Void, wake: @escaping @Sendable () -> Void) {
            self.wait = wait
            self.wake = wake
        }
    }

    private let queue: JobQueue

    package init(idle: Idle? = nil) {
        queue = JobQueue(idle: idle)
        queue.start()
    }

    deinit { queue.close() }

    package func enqueue(_ job: consuming ExecutorJob) { queue.append(UnownedJob(job), for: asUnownedSerialExecutor()) }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func isIsolatingCurrentContext() -> Bool? { queue.isCurrentThread }

    package func checkIsolated() { precondition(queue.isCurrentThread, "not on the actor's thread") }
}

/// The jobs that wait, shared by the executor and its thread so that either may go first.
///
/// `@unchecked Sendable`: `jobs`, `isClosed` and `thread` are touched only between `lock` and `unlock`. A pthread
/// mutex and not `Synchronization.Mutex`, in which the thread sanitizer sees races that are not there.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let idle: ThreadExecutor.Idle?
    private var jobs: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    private var isClosed = false
    private var thread: pthread_t?

    init(idle: ThreadExecutor.Idle?) {
        self.idle = idle
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    var isCurrentThread: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    }

    func start() {
        var id = pthread_t()
        let status = pthread_create(
            &id, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<JobQueue>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(status == 0, "the system has no thread left")
        pthread_detach(id)
    }

    func append(_ job: UnownedJob, for executor: UnownedSerialExecutor) {
        pthread_mutex_lock(mutex)
        jobs.append((job, executor))
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        idle?.wake()
    }

    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        idle?.wake()
    }

    private func run() {
        // A write to a connection that the other side has closed is to fail, and not to end the process.
        var broken = sigset_t()
        sigemptyset(&broken)
        sigaddset(&broken, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &broken, nil)
        pthread_mutex_lock(mutex)
        thread = pthread_self()
        pthread_mutex_unlock(mutex)
        while let batch = next() {
            for (job, executor) in batch { job.runSynchronously(on: executor) }
        }
    }

    /// The jobs that are due, an empty batch when the library woke up by itself, nil at the end.
    private func next() -> [(job: UnownedJob, executor: UnownedSerialExecutor)]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if jobs.isEmpty, !isClosed {
            if let idle {
                pthread_mutex_unlock(mutex)
                idle.wait()
                pthread_mutex_lock(mutex)
            } else {
                while jobs.isEmpty, !isClosed { pthread_cond_wait(condition, mutex) }
            }
        }
        if jobs.isEmpty { return isClosed ? nil : [] }
        defer { jobs = [] }
        return jobs
    }
}
