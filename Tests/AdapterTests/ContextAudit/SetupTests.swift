import ContextAudit
import Testing

/// What is set once for a whole program.
@Suite struct SetupTests {
    @Test(arguments: [
        ("a.ts", "Sentry.init({ dsn, release: env.RELEASE, environment })"), ("a.js", "Sentry.init({ dsn, release })"),
        ("a.js", "Raven.config(dsn, { release: '1' }).install()"), ("a.js", "const o = { release };\nSentry.init(o)"),
        ("a.py", "sentry_sdk.init(dsn=dsn, release=version)"), ("a.py", "from sentry_sdk import init\ninit(release=v)"),
        ("a.rb", "Sentry.init do |config|\n  config.release = '1'\nend"),
        ("a.rb", "Raven.configure { |config| config.release = '1' }"),
        ("a.php", "<?php \\Sentry\\init(['dsn' => $dsn, 'release' => '1']);"),
        ("A.java", "Sentry.init(options -> { options.setRelease(\"1\"); });"),
        ("A.kt", "SentryAndroid.init(this) { options -> options.dsn = dsn }"),
        ("A.kt", "Sentry.init { options -> options.release = version }"),
        ("a.go", "sentry.Init(sentry.ClientOptions{Dsn: dsn, Release: version})"),
        ("a.go", "opts := sentry.ClientOptions{Release: version}\nsentry.Init(opts)"),
        ("config/environment.js", "process.env.SENTRY_RELEASE"), ("Dockerfile", "ENV SENTRY_RELEASE=1"),
        (".env.production", "SENTRY_RELEASE=1"), ("vite.config.js", "sentryVitePlugin({ org })"),
        ("app/build.gradle", "implementation 'io.sentry:sentry-android:7.0.0'"),
        ("sentry.properties", "sentry.release=1"),
    ])
    func `a release in the setup is on every event`(name: String, text: String) {
        let calls = [
            "b.js": "Sentry.captureException(e)", "b.py": "capture_exception(e)", "b.rb": "Sentry.capture_exception(e)",
            "b.php": "<?php captureException($e);", "B.java": "Sentry.captureException(e);",
            "b.go": "sentry.CaptureException(err)",
        ]
        let report = audited(calls.merging([name: text]) { first, _ in first })
        let having = report.calls.filter { !$0.missing.contains(.release) }.map { $0.path.lowercased().suffix(5) }
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        // Of the same languages only; what stands in no program's language is for all.
        switch ending {
        case "ts", "js": #expect(having == [".js"].map { "b\($0)"[...] })
        case "kt", "java", "gradle", "properties": #expect(having == [".java"[...]])
        case "py", "rb", "php", "go": #expect(having == ["b.\(ending)"[...]])
        default: #expect(having.count == calls.count)
        }
    }

    @Test(arguments: [
        ("a.js", "Sentry.init({ dsn })\nconst release = 1"), ("a.js", "app.init({ release })"),
        ("a.py", "sentry_sdk.init(dsn=dsn)"), ("x.yml", "token: SENTRY_RELEASE_BOT_TOKEN"),
        ("tests/setup.js", "Sentry.init({ release: '1' })"), ("a.js", "// Sentry.init({ release: '1' })"),
        ("Dockerfile", "ENV RELEASE=1"),
    ])
    func `what is no setup sets nothing`(name: String, text: String) {
        let report = audited([name: text, "b.js": "Sentry.captureException(e)", "b.py": "capture_exception(e)"])
        #expect(report.calls.allSatisfy { $0.missing.contains(.release) })
        #expect(report.setups.isEmpty)
    }

    @Test func `Python and PHP know who is logged in when told to say so`() {
        let files = ["a.py": "sentry_sdk.init(send_default_pii=True)", "b.py": "capture_exception(e)"]
        #expect(audited(files).calls.map(\.missing) == [[.tags, .release, .extra, .scope]])
        let off = ["a.py": "sentry_sdk.init(send_default_pii=False)", "b.py": "capture_exception(e)"]
        #expect(audited(off).calls.map(\.missing) == [Need.allCases])
    }
}
