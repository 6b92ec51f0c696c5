import Glibc

/// Both ends of a new pipe, which no child process inherits.
package func pipeEnds() throws -> (exit: Int32, entrance: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError(number: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}
