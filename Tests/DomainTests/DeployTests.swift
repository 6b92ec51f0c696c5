import FoundationEssentials
import Testing

/// The files in `deploy/` name variables that exist, and all of them.
@Suite struct DeployTests {
    /// DESIGN section 8.
    private static let names: Set<String> = [
        "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "TELEGRAM_CHAT_ID", "TIPLINE_ADMINS", "TIPLINE_RESPONDERS",
        "GLITCHTIP_URL",
        "GLITCHTIP_TOKEN", "GLITCHTIP_ORG", "REDIS_URL", "DATABASE_URL", "TIPLINE_REPOS", "TIPLINE_LISTEN",
        "TIPLINE_WEBHOOK_SECRET",
        "TIPLINE_TIMEZONE", "TIPLINE_DAILY_REPORT", "TIPLINE_POLL_INTERVAL", "TIPLINE_ESCALATE_AFTER",
        "TIPLINE_ROUTES", "TIPLINE_RUNBOOKS", "TIPLINE_REPO_URLS", "TIPLINE_SOURCEMAPS", "TIPLINE_RELEASES",
        "TIPLINE_ENVIRONMENT",
        "TIPLINE_DATA",
        "TIPLINE_BASELINE_MINUTES",
    ]

    private func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "deploy/\(name)"), encoding: .utf8)
    }

    @Test func `the skeleton has each variable once, switched off`() throws {
        let lines = try text("tipline.env").split(separator: "\n")
        let settings = lines.filter { !$0.hasPrefix("# ") }
        #expect(settings.allSatisfy { $0.hasPrefix("#") && $0.contains("=") })
        #expect(settings.map { String($0.dropFirst().prefix { $0 != "=" }) }.sorted() == Self.names.sorted())
    }

    @Test func `a container asks its bot how it is, and starts no second one`() throws {
        let lines = try text("Containerfile").split(separator: "\n")
        let check = lines.drop { !$0.hasPrefix("HEALTHCHECK ") }.prefix(2).joined()
        #expect(check.contains("curl ") && check.contains("/healthz") && !check.contains("doctor"))
    }

    /// cron's PATH is /usr/bin:/bin.
    @Test func `a line for cron names the program by its full path`() throws {
        let lines = try text("README.md").split(separator: "\n").filter { $0.hasPrefix("0 9 * * *") }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains(" && /usr/local/bin/tipline ") || $0.contains(" docker compose ") })
    }

    @Test(arguments: [
        "tipline.service", "tipline-report@.service", "reports.config.js", "Containerfile", "compose.yaml",
        "ecosystem.config.js", "README.md", "tipline.env",
    ])
    func `no file names a variable that there is not`(file: String) throws {
        let words = try text(file).split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        let variables = words.map(String.init).filter { word in
            ["TELEGRAM_", "TIPLINE_", "GLITCHTIP_", "REDIS_", "DATABASE_"].contains { word.hasPrefix($0) }
        }
        for variable in variables {
            let name = variable.hasSuffix("_FILE") ? String(variable.dropLast(5)) : variable
            #expect(Self.names.contains(name))
        }
    }
}
