import Glibc

@testable import tipline

/// Runs git in a folder of the test's own; quiet, and by nobody's configuration.
func git(_ arguments: String..., in folder: String) throws {
    let words =
        ["env", "GIT_CONFIG_GLOBAL=/dev/null", "git", "-C", folder, "-c", "user.name=Ada", "-c"]
        + ["user.email=ada@example.com"] + arguments
    let line = words.map { "'\($0)'" }.joined(separator: " ")
    guard system("\(line) > /dev/null 2>&1") == 0 else { throw Failed("git \(arguments) failed") }
}
