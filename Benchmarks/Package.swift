// swift-tools-version: 6.2
import PackageDescription

/// What Tipline is measured with, and against. A package of its own: nobody who builds the bot builds its rivals.
///
/// `Sources` holds links to the bot's own rooms, so that the same files are measured in the same mode; as members of
/// this package, the benchmarks may use what is `package` in them.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

let nio: [Target.Dependency] = ["NIOCore", "NIOHTTP1", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "tipline-benchmarks",
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CHiredis", path: "Sources/CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CPCRE", path: "Sources/CPCRE", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CSQLite", path: "Sources/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CYAML", path: "Sources/CYAML", providers: [.apt(["libyaml-dev"])]),
        room("Threads", []),
        room("Domain", []),
        room("HTTP", ["CCurl", "Threads"]),
        room("Runbooks", ["Domain", "CPCRE", "CYAML"]),
        room("Storage", ["Domain", "Threads", "CHiredis", "CSQLite"]),
        room("Web", ["Domain", logging] + nio),

        // HTTPClients: libcurl as we use it, and AsyncHTTPClient. A program each, for an honest resident size.
        .target(name: "Load", path: "HTTPClients/Load", swiftSettings: strict),
        program("http-libcurl", ["HTTP", "Load"], path: "HTTPClients/Libcurl"),
        program(
            "http-async-http-client", ["Load", .product(name: "AsyncHTTPClient", package: "async-http-client")],
            path: "HTTPClients/AsyncHTTPClient"),
        program("http-server", nio, path: "HTTPClients/Server"),

        // Webhooks: the intake with its ledger, who loads it, and a Telegram for the bridge that is its rival.
        program("webhooks-intake", ["Domain", "Storage", "Web", logging], path: "Webhooks/Intake"),
        program("webhooks-load", ["HTTP"], path: "Webhooks/Load"),
        program("webhooks-telegram", nio, path: "Webhooks/Telegram"),

        // Alerts: the whole bot, as a process of its own, on the stand-in world.
        .target(name: "Processes", dependencies: ["Threads"], path: "Sources/Processes", swiftSettings: strict),
        room(
            "Sandbox",
            [
                "Domain", logging, .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        program("alerts-world", ["Domain", "HTTP", "Processes", "Sandbox"], path: "Alerts"),

        // Reports: the whole bot asked for them, on a stand-in world that is slow.
        program("reports-world", ["Domain", "Processes", "Sandbox"], path: "Reports"),

        program("runbooks-match", ["Domain", "Runbooks"], path: "Runbooks"),
    ]
)
