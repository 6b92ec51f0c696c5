import ChatOps
import Domain
import FoundationEssentials
import Investigation
import Storage
import Telegram
import Web

extension Configuration {
    /// Everything that is wrong, at once; exit code 2.
    struct Mistakes: Error, CustomStringConvertible {
        let lines: [String]

        var description: String {
            let count = lines.count == 1 ? "One thing is" : "\(lines.count) things are"
            return "\(count) wrong in the configuration:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
        }
    }

    /// `needsTelegram` is false for what works without a chat, such as `tipline investigate`.
    init(_ settings: Settings, needsTelegram: Bool = true) throws(Mistakes) {
        var reader = Reader(settings)
        let dataFolder = reader.dataFolder()
        telegram = reader.telegram(isNeeded: needsTelegram)
        glitchtip = reader.glitchtip()
        admins = reader.people(.admins)
        responders = reader.people(.responders)
        redis = reader.redis()
        ledgerPath = reader.ledgerPath(in: dataFolder)
        repositories = reader.repositories()
        code = reader.code()
        runbooks = reader.runbooks()
        alerts = reader.alerts(home: telegram.chat)
        dailyReport = reader.dailyReport()
        baselineMinutes = reader.baselineMinutes()
        server = reader.server()
        environment = reader.environment()
        self.dataFolder = dataFolder
        guard reader.mistakes.isEmpty else { throw Mistakes(lines: reader.mistakes) }
    }
}

/// Reads one variable after the other and remembers what is wrong with them; the values it gives for wrong ones are
/// never used.
private struct Reader {
    private let settings: Settings
    private(set) var mistakes: [String]

    init(_ settings: Settings) {
        self.settings = settings
        mistakes = settings.mistakes
    }

    mutating func telegram(isNeeded: Bool) -> Configuration.TelegramAccount {
        let token = isNeeded ? required(.telegramToken) : settings[.telegramToken]?.value ?? ""
        if !token.isEmpty, !Self.isBotToken(token) { wrong(.telegramToken, "is not of the form number:letters") }
        let chatText = isNeeded ? required(.telegramChat) : settings[.telegramChat]?.value ?? ""
        let chat = Destination(text: chatText)
        if chat == nil, !chatText.isEmpty { wrong(.telegramChat, "is not a chat id") }
        return .init(
            token: Secret(token), url: address(.telegramURL) ?? "https://api.telegram.org",
            chat: chat ?? Destination(chat: 0))
    }

    /// It becomes a part of an address: with a slash or a space in it, other methods would be called than those we mean.
    private static func isBotToken(_ text: String) -> Bool {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else { return false }
        return halves[0].allSatisfy { $0.isASCII && $0.isNumber }
            && halves[1].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    mutating func glitchtip() -> Configuration.GlitchTipAccount {
        if settings[.glitchtipURL] == nil { _ = required(.glitchtipURL) }
        let token = required(.glitchtipToken)
        if token.contains(where: { $0.isWhitespace || !$0.isASCII }) {
            wrong(.glitchtipToken, "holds a space or a character that no token has")
        }
        let organization = required(.glitchtipOrganization)
        if organization.contains(where: { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
            wrong(.glitchtipOrganization, "is not a slug")
        }
        return .init(url: address(.glitchtipURL) ?? "", token: Secret(token), organization: organization)
    }

    mutating func people(_ variable: Variable) -> Set<Int64> {
        var people: Set<Int64> = []
        for part in settings[variable]?.value.split(separator: ",") ?? [] {
            let text = String(part).trimmed
            if let id = Int64(text), id > 0 {
                people.insert(id)
            } else {
                wrong(variable, "holds “\(text)”, which is not a user id")
            }
        }
        return people
    }

    mutating func runbooks() -> [RunbookPlace] {
        (settings[.runbooks]?.value.split(separator: ",") ?? []).compactMap { part in
            let text = String(part).trimmed
            if let place = RunbookPlace(text: text), !place.isRelative { return place }
            // A password may stand before the @ of what was meant as an address.
            let shown = text.lastIndex(of: "@").map { "…" + text[$0...] } ?? text
            wrong(
                .runbooks,
                "holds “\(Scrubber.scrub(shown))”, which is neither a full path nor the address of a git repository")
            return nil
        }
    }

    mutating func redis() -> RedisURL? {
        guard let url = settings[.redisURL]?.value else { return nil }
        do throws(RedisURL.Mistake) {
            return try RedisURL(text: url)
        } catch {
            wrong(.redisURL, error.description)
            return nil
        }
    }

    mutating func dataFolder() -> String {
        if let folder = settings[.dataFolder]?.value {
            if !folder.hasPrefix("/") { wrong(.dataFolder, "is not a full path") }
            return folder
        }
        let home = settings["HOME"]?.value ?? "/var/lib"
        return (settings["XDG_DATA_HOME"]?.value ?? "\(home)/.local/share") + "/tipline"
    }

    mutating func ledgerPath(in folder: String) -> String {
        guard let url = settings[.databaseURL]?.value else { return folder + "/tipline.db" }
        guard url.hasPrefix("sqlite:///"), url.utf8.count > 10 else {
            wrong(.databaseURL, "is not of the form sqlite:///path; PostgreSQL is not supported yet")
            return ""
        }
        return String(url.dropFirst("sqlite://".count))
    }

    mutating func repositories() -> [String: [RepositoryEntry]] {
        var repositories: [String: [RepositoryEntry]] = [:]
        for part in settings[.repositories]?.value.split(separator: ",") ?? [] {
            let text = String(part).trimmed
            let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2, let entry = RepositoryEntry(text: halves[1]) else {
                wrong(.repositories, "holds “\(Scrubber.scrub(text))”, which is not of the form project=clone")
                continue
            }
            repositories[halves[0], default: []].append(entry)
        }
        return repositories
    }

    mutating func code() -> CodeSettings {
        var code = CodeSettings()
        for (project, text) in pairs(.repositoryURLs) {
            do throws(Forge.Mistake) {
                code.forges[project, default: []].append(try Forge(text: text))
            } catch {
                wrong(.repositoryURLs, "cannot be used for \(Scrubber.scrub(project)): its address \(error)")
            }
        }
        for (project, text) in pairs(.releases) {
            if let pattern = TagPattern(text: text) {
                code.tags[project] = pattern
            } else {
                wrong(
                    .releases,
                    "has no pattern with {version} for \(Scrubber.scrub(project)), or one that no tag can have")
            }
        }
        for (project, text) in pairs(.sourceMaps) {
            code.sourceMaps[project] = SourceMapFolder(path: text)
            if code.sourceMaps[project] == nil { wrong(.sourceMaps, "holds a folder that is not a full path") }
        }
        return code
    }

    /// `project=value`, comma separated.
    private mutating func pairs(_ variable: Variable) -> [(project: String, text: String)] {
        (settings[variable]?.value.split(separator: ",") ?? []).compactMap { part in
            let halves = String(part).trimmed.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2 else {
                wrong(variable, "holds something that is not of the form project=value")
                return nil
            }
            return (halves[0], halves[1].trimmed)
        }
    }

    mutating func alerts(home: Destination) -> Configuration.Alerting {
        var routes = Routes(home: home)
        do throws(Routes.Mistake) {
            routes = try Routes(text: settings[.routes]?.value ?? "", home: home)
        } catch {
            wrong(.routes, "cannot be read: \(error.description)")
        }
        let text = settings[.pollInterval]?.value ?? "30s"
        let period = Period(text: text)
        if !(1...3600).contains(period?.seconds ?? 0) { wrong(.pollInterval, "is not a time between 1s and 1h") }
        let escalation = settings[.escalation].map { Escalation(text: $0.value) } ?? .standard
        if escalation == nil { wrong(.escalation, "is neither a time nor off") }
        let zone = Zone(name: settings[.timezone]?.value ?? "UTC")
        if zone == nil { wrong(.timezone, "is not a time zone, or the system has no zoneinfo (Debian: tzdata)") }
        return .init(
            routes: routes, pollInterval: .seconds(period?.seconds ?? 30), escalation: escalation ?? .standard,
            zone: zone ?? .utc)
    }

    mutating func dailyReport() -> Schedule? {
        guard let text = settings[.dailyReport]?.value else { return Schedules.standard.daily }
        guard text.lowercased() != "off" else { return nil }
        guard let time = TimeOfDay(text: text) else {
            wrong(.dailyReport, "is neither a time of the day nor off")
            return nil
        }
        return Schedule(.daily, time)
    }

    mutating func baselineMinutes() -> Int {
        guard let text = settings[.baseline]?.value else { return 15 }
        guard let minutes = Int(text), (1...1440).contains(minutes) else {
            wrong(.baseline, "is not a number of minutes between 1 and 1440")
            return 15
        }
        return minutes
    }

    /// A secret alone is enough: webhooks then come to the usual address.
    mutating func server() -> Configuration.Server? {
        let (address, secret) = (listen(), webhookSecret())
        guard address != nil || secret != nil else { return nil }
        return .init(address: address ?? .standard, secret: secret)
    }

    private mutating func listen() -> Address? {
        guard let text = settings[.listen]?.value else { return nil }
        do throws(Address.Mistake) {
            return try Address(text: text)
        } catch {
            wrong(.listen, error.description)
            return nil
        }
    }

    private mutating func webhookSecret() -> Secret? {
        guard let text = settings[.webhookSecret]?.value else { return nil }
        if text.contains(where: { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
            wrong(.webhookSecret, "holds something other than letters, digits, - and _, as a part of an address needs")
        } else if text.count < 16 {
            wrong(.webhookSecret, "is shorter than 16 characters")
        }
        return Secret(text)
    }

    mutating func environment() -> String {
        let name = settings[.environment]?.value ?? "production"
        if name.contains(where: { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
            wrong(.environment, "is not a plain word")
        }
        return name
    }

    private mutating func address(_ variable: Variable) -> String? {
        guard let text = settings[variable]?.value else { return nil }
        // Paths are put behind it: after a ? or a # they would be none, and URL itself mends what has a space.
        guard !text.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "#" }) else {
            wrong(variable, "holds a space, a ? or a #")
            return nil
        }
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty,
            ["http", "https"].contains(url.scheme),
            url.user() == nil
        else {
            wrong(variable, "is not an http or https address")
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private mutating func required(_ variable: Variable) -> String {
        if let setting = settings[variable] { return setting.value }
        mistakes.append("\(variable.rawValue) is missing\n      for example: \(variable.example)")
        return ""
    }

    private mutating func wrong(_ variable: Variable, _ what: String) {
        let origin = settings[variable].map { " (\($0.origin))" } ?? ""
        mistakes.append("\(variable.rawValue)\(origin) \(what)\n      for example: \(variable.example)")
    }
}
