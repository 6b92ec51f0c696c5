import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// What a report is about: `[PROJECT] [PERIOD]`, in either order.
struct Scope {
    let project: Project?
    let period: Period

    /// - Parameter usual: the period when none is given, such as `30d`.
    init(_ line: Arguments, usual: Period, glitchtip: GlitchTipAPI) async throws {
        try await self.init(line, usual: usual) { try await glitchtip.projects() }
    }

    /// - Parameter projects: asked for when a project is named.
    init(_ line: Arguments, usual: Period, projects: () async throws -> [Project]) async throws {
        var arguments = line
        var words: [String] = []
        while words.count < 3, let word = arguments.word() { words.append(word) }
        let periods = words.compactMap { Period(text: $0) }
        let others = words.filter { Period(text: $0) == nil }
        guard periods.count <= 1, others.count <= 1 else {
            throw Refusal("I do not understand \(HTML.code((words.last ?? "").cut(to: 60))).")
        }
        period = periods.first ?? usual
        project = if let word = others.first { try await projects().called(word) } else { nil }
    }

    func range(until now: Date) -> Range<Date> { now.addingTimeInterval(-Double(period.seconds))..<now }

    /// As long, just before.
    func rangeBefore(_ now: Date) -> Range<Date> {
        let start = now.addingTimeInterval(-Double(period.seconds))
        return start.addingTimeInterval(-Double(period.seconds))..<start
    }

    /// ` · shop-web · last 30d`
    var words: HTML {
        let project: HTML = project.map { " · \($0.slug)" } ?? ""
        return "\(project) · last \(period)"
    }

    /// `shop-web 30d`, as it is typed.
    var line: String { [project?.slug, period.description].compactMap { $0 }.joined(separator: " ") }

    func covers(_ incident: Incident) -> Bool { project.map { $0.slug == incident.project } ?? true }
}

extension Period {
    static let day = Period(hours: 24)
    static let week = Period(days: 7)
    static let month = Period(days: 30)
}

extension [Project] {
    /// By its slug, in small or capital letters.
    ///
    /// - Parameter other: what else it could have been: "a time".
    func called(_ word: String, or other: String? = nil) throws -> Project {
        if let project = first(where: { $0.slug.lowercased() == word.lowercased() }) { return project }
        let code = HTML.code(word.cut(to: 60))
        let trouble: HTML = other.map { "\(code) is neither \($0) nor a project." } ?? "There is no project \(code)."
        let names = map(\.slug).sorted().prefix(12).joined(separator: ", ")
        throw Refusal(names.isEmpty ? trouble : "\(trouble) There are: \(names).")
    }
}
