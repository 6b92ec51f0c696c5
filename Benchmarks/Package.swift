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

let package = Package(
    name: "tipline-benchmarks",
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        room("Threads", []),
        room("HTTP", ["CCurl", "Threads"]),

        // HTTPClients: libcurl as we use it, and AsyncHTTPClient. A program each, for an honest resident size.
        .target(name: "Load", path: "HTTPClients/Load", swiftSettings: strict),
        program("http-libcurl", ["HTTP", "Load"], path: "HTTPClients/Libcurl"),
        program(
            "http-async-http-client", ["Load", .product(name: "AsyncHTTPClient", package: "async-http-client")],
            path: "HTTPClients/AsyncHTTPClient"),
        program(
            "http-server",
            [.product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio")],
            path: "HTTPClients/Server"),
    ]
)
