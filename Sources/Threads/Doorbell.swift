import Glibc

/// Wakes a thread that waits in `poll`: one end is watched there, the other is written to from anywhere.
package final class Doorbell: Sendable {
    /// To be polled for `POLLIN`.
    package let descriptor: Int32
    private let button: Int32

    package init() {
        var ends: [Int32] = [-1, -1]
        let status = pipe(&ends)
        precondition(status == 0, "the process has no file descriptor left")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (descriptor, button) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(button)
    }

    /// Makes the descriptor readable. A full pipe is readable already.
    package func ring() {
        var byte: UInt8 = 0
        _ = write(button, &byte, 1)
    }

    /// Takes all rings back, so that the next `poll` waits.
    package func answer() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &bytes, bytes.count) == bytes.count {}
    }
}
