/// Finds every call that sends an error to GlitchTip, and what its events will not say.
///
/// Files go in one by one; what is set once for all events may come last, so calls are judged at the end.
package struct Audit: Sendable {
    private var areas = Areas()
    private var found: [(path: String, language: Language, call: FoundCapture)] = []
    private var setups: [AuditReport.Setup] = []
    /// What tools and surroundings tell the SDK; shown only behind what the code says.
    private var marks: [AuditReport.Setup] = []
    package var folder = AuditReport.Folder()
    private let includesTests: Bool

    package init(includesTests: Bool = false) { self.includesTests = includesTests }

    /// Whether a file of that name may say anything.
    package static func reads(_ name: Substring) -> Bool {
        Language(file: name) != nil || Marks.isConfiguration(name) || Areas.isManifest(name)
    }

    /// Reads one file; `path` is what the report calls it, from the folder that is audited.
    package mutating func read(_ path: String, _ bytes: [UInt8]) {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        if Areas.isManifest(name) { areas.add(manifest: path) }
        let language = Language(file: name)
        let isTest = TestPath.isTest(path)
        if language != nil { folder.files += 1 }
        guard !bytes.prefix(4000).contains(0) else { return }
        if !isTest {
            for mark in Marks.releases(in: bytes, of: language) {
                for family in mark.family.map({ [$0] }) ?? Set(Language.allCases.map(\.family)).sorted() {
                    marks.append(.init(need: .release, language: family, path: path, line: mark.line))
                }
            }
        }
        guard let language, Self.mayCapture(bytes) else { return }
        var reader = FileReader(Source(bytes, language: language, isComponent: Language.isComponent(name)))
        reader.read()
        guard includesTests || !isTest else {
            folder.callsInTests += reader.captures.count
            return
        }
        found += reader.captures.map { (path, language, $0) }
        setups += reader.setups.map { .init(need: $0.need, language: language.family, path: path, line: $0.line) }
    }

    package func report() -> AuditReport {
        let setups = [setups, marks].flatMap { $0.sorted { ($0.path, $0.line) < ($1.path, $1.line) } }
        var forAll: [Language: Context] = [:]
        for setup in setups { forAll[setup.language, default: []].insert(Context(setup.need)) }
        let calls = found.map { path, language, call in
            AuditReport.Call(
                path: path, line: call.line, name: call.name, language: language, area: areas.area(of: path),
                missing: call.context.union(forAll[language.family] ?? []).missing,
                isUnclear: call.context.contains(.unclear))
        }
        let families = Set(calls.map(\.language.family))
        return AuditReport(
            calls: calls.sorted { ($0.path, $0.line) < ($1.path, $1.line) },
            setups: setups.filter { families.contains($0.language) }, folder: folder)
    }

    /// Whether it is worth taking apart: most files never mention the SDK.
    private static func mayCapture(_ bytes: [UInt8]) -> Bool {
        bytes.contains("apture") || bytes.contains("entry") && (bytes.contains("sentry") || bytes.contains("Sentry"))
            || bytes.contains("aven")
    }
}

extension Language: Comparable {
    package static func < (left: Language, right: Language) -> Bool { left.rawValue < right.rawValue }
}
