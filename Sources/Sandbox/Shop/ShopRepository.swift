import FoundationEssentials
import Glibc
import Subprocess

/// The code of a small shop, in two real git repositories with a history that people would believe.
package struct ShopRepository: Sendable {
    /// The clone of `shop-web`: Node, with tags v2.3.0 and v2.3.1 and a newer HEAD.
    package let web: String
    /// The clone that holds `billing-api` in `services/billing`: Python.
    package let platform: String
    /// The hash of each commit by its subject.
    package let commits: [String: String]

    /// As `TIPLINE_REPOS` has it.
    package var setting: String { "shop-web=\(web),billing-api=\(platform)#services/billing" }

    /// The commit that issue 2 comes from.
    package static let culprit = "Read vouchers from the offer cache"

    /// Makes both in a folder; some hundredths of a second. For the same `now` the hashes are the same.
    package static func make(in folder: String, now: Date) async throws -> ShopRepository {
        async let web = make("\(folder)/shop-web", ShopHistory.web, now)
        async let platform = make("\(folder)/platform", ShopHistory.platform, now)
        let commits = try await web.merging(try await platform) { first, _ in first }
        return ShopRepository(web: "\(folder)/shop-web", platform: "\(folder)/platform", commits: commits)
    }

    private static func make(_ path: String, _ history: SampleHistory, _ now: Date) async throws -> [String: String] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let stream = path + ".import"
        let marks = path + ".marks"
        try Data(try history.stream(now: now)).write(to: URL(filePath: stream))
        defer {
            try? FileManager.default.removeItem(atPath: stream)
            try? FileManager.default.removeItem(atPath: marks)
        }
        try await git(["init", "--quiet", "--template=", "--initial-branch=main", path])
        try await git(["-C", path, "fast-import", "--quiet", "--done", "--export-marks=\(marks)"], input: stream)
        try await git(["-C", path, "reset", "--quiet", "--hard"])
        var commits: [String: String] = [:]
        for line in try String(contentsOfFile: marks, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let mark = Int(words[0].dropFirst()), history.commits.indices.contains(mark - 1)
            else { continue }
            commits[history.commits[mark - 1].subject] = String(words[1])
        }
        return commits
    }

    /// Git could not be run, or refused.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Nothing here outlives a power cut, and one pack is made faster than a file an object.
    private static let settings = ["-c", "core.fsync=none", "-c", "fastimport.unpackLimit=1"]

    private static func git(_ arguments: [String], input: String = "/dev/null") async throws {
        let file = open(input, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(description: "\(input) cannot be read") }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(settings + arguments),
            environment: .custom([
                "PATH": path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            ]),
            input: .fileDescriptor(.init(rawValue: file), closeAfterSpawningProcess: true),
            output: .discarded, error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            throw Failure(description: "git \(arguments.first ?? "") failed: \(result.standardError)")
        }
    }
}
