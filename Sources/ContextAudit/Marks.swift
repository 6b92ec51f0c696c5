/// Words in a file, of code or configuration, by which the SDK gets its release without a word in `init`.
enum Marks {
    private static let anywhere: [StaticString] = ["SENTRY_RELEASE"]
    private static let javascript: [StaticString] = [
        "sentryWebpackPlugin", "SentryWebpackPlugin", "sentryVitePlugin", "sentryRollupPlugin", "sentryEsbuildPlugin",
        "withSentryConfig",
    ]
    // The Android SDK makes one from the name and version of the app.
    private static let java: [StaticString] = [
        "sentry.release", "io.sentry:sentry-android", "io.sentry.android.gradle", "SentryAndroid.init",
    ]

    /// Where the release comes from, and for which family of languages; `nil` for all.
    static func releases(in bytes: [UInt8], of language: Language?) -> [(family: Language?, line: Int)] {
        var found: [(Language?, Int)] = []
        func look(_ marks: [StaticString], _ family: Language?) {
            guard let place = marks.lazy.compactMap({ bytes.firstWord($0) }).first else { return }
            found.append((family, 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }))
        }
        look(anywhere, language?.family)
        if language == nil || language?.family == .javascript { look(javascript, .javascript) }
        if language == nil || language?.family == .java { look(java, .java) }
        return found
    }

    /// Files that are no code, but may say so.
    static func isConfiguration(_ name: Substring) -> Bool {
        let endings = [
            ".yml", ".yaml", ".properties", ".gradle", ".toml", ".env", "AndroidManifest.xml", ".dockerfile",
        ]
        return endings.contains { name.hasSuffix($0) } || name.hasPrefix(".env") || name.hasPrefix("Dockerfile")
            || name.hasPrefix("Containerfile") || name == "Procfile"
    }
}

extension [UInt8] {
    /// Where a text occurs that is not only the beginning of a longer word.
    fileprivate func firstWord(_ text: StaticString) -> Int? {
        var place = first(text)
        while let start = place {
            let end = start + text.utf8CodeUnitCount
            if end == count || !self[end].isWordPart { return start }
            place = first(text, from: end)
        }
        return nil
    }
}
