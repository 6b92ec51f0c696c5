// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 mode comes with the tools version; a warning fails the build.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// One room of the house. It may import what stands in `dependencies`, nothing else.
func room(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, resources: resources,
        swiftSettings: strict)
}

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nio: [Target.Dependency] = ["NIOCore", "NIOHTTP1", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "tipline",
    products: [.executable(name: "tipline", targets: ["tipline"])],
    dependencies: [
        // Log lines with metadata, in the format every Swift server library already speaks.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // The command line: subcommands, help, exit codes, shell completion.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // git and rg: process groups, output limits, cancellation that kills. Without Foundation (traits).
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        // The HTTP server of the stand-in world. FlyingFox builds faster but stalls on keep-alive.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // What Hummingbird stands on, for webhooks: deadlines and limits that a server open to strangers needs.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        // C libraries: a module map and typed shims, nothing else. SQLite is used raw: GRDB costs a minute
        // of build time and all of Foundation, and the ledger's SQL is plain.
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CHiredis", path: "Sources/CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(
            name: "CSQLite", path: "Sources/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CEdit", path: "Sources/CEdit", providers: [.apt(["libedit-dev"])]),
        // Front matter. libyaml itself: Yams, which wraps it, needs all of Foundation, 9 MB of memory at rest.
        .systemLibrary(
            name: "CYAML", path: "Sources/CYAML", providers: [.apt(["libyaml-dev"])]),
        // The regular expressions of runbooks. Swift's Regex has no limit on its work; PCRE2 has, and git brings it.
        .systemLibrary(
            name: "CPCRE", path: "Sources/CPCRE", providers: [.apt(["libpcre2-dev"])]),
        // Pictures of numbers as PNG, text included: no Swift package draws on Linux without a browser or Foundation.
        .systemLibrary(
            name: "CCairo", path: "Sources/CCairo", providers: [.apt(["libcairo2-dev"])]),

        room("Threads", []),
        room("Domain", []),
        room("HTTP", ["CCurl", "Threads"]),

        room("GlitchTip", ["Domain", "HTTP"]),
        room("Telegram", ["Domain", "HTTP"]),
        room("Storage", ["Domain", "Threads", "CHiredis", "CSQLite"]),
        room("Investigation", ["Domain", subprocess]),
        room("Runbooks", ["Domain", "CPCRE", "CYAML"]),
        room("Web", ["Domain", logging] + nio),
        room("ContextAudit", []),
        room("Charts", ["CCairo"]),

        room("ChatOps", ["Charts", "Domain", "GlitchTip", "Telegram", "Storage", "Investigation", logging]),
        // One target for all commands: a command is a file and a line, not a build setting.
        room(
            "Commands", ["Charts", "ChatOps", "Domain", "GlitchTip", "Storage", "Investigation", "Runbooks", logging],
            path: "commands"),
        room("Sandbox", ["Domain", hummingbird, logging, subprocess]),
        .executableTarget(
            name: "tipline",
            dependencies: [
                "Commands", "ChatOps", "ContextAudit", "Domain", "GlitchTip", "HTTP", "Investigation", "Runbooks",
                "Sandbox",
                "Storage", "Telegram", "Threads", "Web", "CEdit", arguments, logging,
            ],
            path: "Sources/tipline",
            swiftSettings: strict),

        tests("DomainTests", ["Chance", "Domain"]),
        // Chance that comes out the same every time.
        .target(name: "Chance", path: "Tests/Helpers/Chance", swiftSettings: strict),
        // Hostile inputs and what may not come of them: some in each test run, a million by the program beside it.
        .target(
            name: "Fuzzing", dependencies: ["Chance", "Domain", "GlitchTip", "Investigation", "Sandbox"],
            path: "Tests/Helpers/Fuzzing", swiftSettings: strict),
        .executableTarget(
            name: "Fuzz", dependencies: ["Fuzzing"], path: "Tests/Helpers/Fuzz", swiftSettings: strict),
        // Programs that a test starts and kills.
        .target(name: "Processes", dependencies: ["Threads"], path: "Tests/Helpers/Processes", swiftSettings: strict),
        // Works on a ledger until a test kills it.
        .executableTarget(
            name: "LedgerWriter", dependencies: ["Storage"], path: "Tests/Helpers/LedgerWriter", swiftSettings: strict),
        tests(
            "AdapterTests",
            [
                "Domain", "HTTP", "GlitchTip", "Telegram", "Storage", "Investigation", "Runbooks", "ContextAudit",
                "Sandbox", "Charts",
                "Threads", "Web", "Chance", "Fuzzing", "LedgerWriter", "Processes", hummingbird, logging,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + nio,
            resources: [.copy("Recordings")]),
        tests(
            "CommandTests",
            [
                "Commands", "ChatOps", "Chance", "Domain", "GlitchTip", "HTTP", "Investigation", "Runbooks", "Storage",
                "Telegram", "Sandbox",
                logging,
            ],
            exclude: ["Golden"]),
        tests(
            "EndToEndTests",
            ["tipline", "Chance", "Domain", "HTTP", "Processes", "Runbooks", "Sandbox", "Telegram", arguments, logging]),
    ]
)
