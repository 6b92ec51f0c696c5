import FoundationEssentials
import Testing

@testable import Domain

/// Where an alert goes, by `TIPLINE_ROUTES`.
@Suite struct RoutesTests {
    private static let home = Destination(chat: -100)

    private static func place(
        _ rules: String, project: String = "shop-web", level: Domain.Issue.Level = .error, environment: String? = nil,
        at time: String = "12:00"
    ) throws -> String {
        let routes = try Routes(text: rules, home: home)
        let issue = Domain.Issue.sample(project: project, level: level)
        guard let place = routes.place(for: issue, environment: environment, at: try #require(TimeOfDay(text: time)))
        else {
            return "nowhere"
        }
        return place.destination.description + (place.isSilent ? " silent" : "")
    }

    @Test(arguments: [
        ("", "-100"), (" ; ;", "-100"), ("project=shop-web to -5", "-5"), ("project=shop-web to -5:17", "-5:17"),
        ("project=SHOP-WEB to -5", "-5"), ("PROJECT=shop-web TO -5 SILENT", "-5 silent"),
        ("project=a,shop-web to -5", "-5"), ("project=shop-* to -5", "-5"), ("project=* to -5", "-5"),
        ("project=shop to -5", "-100"), ("project=*web to -5", "-100"), ("project!=shop-web to -5", "-100"),
        ("project!=billing to -5", "-5"), ("level=error to -5", "-5"), ("level>error to -5", "-100"),
        ("level>=error to -5", "-5"), ("level<fatal to -5", "-5"), ("level<=warning to -5", "-100"),
        ("level!=error to -5", "-100"), ("level=warning,error to -5", "-5"),
        ("environment=staging to -5", "-100"), ("environment!=production to -5", "-100"),
        ("hours=22:00-07:00 to -5", "-100"), ("hours=09:00-17:00 to -5", "-5"), ("hours=12:00-12:01 to -5", "-5"),
        ("hours=11:00-12:00 to -5", "-100"), ("project=shop-web level=fatal to -5", "-100"),
        ("project=shop-web to nowhere", "nowhere"), ("to nowhere", "nowhere"), ("silent", "-100 silent"),
        ("level<fatal silent; project=shop-web to -5", "-5 silent"), ("to home silent", "-100 silent"),
        ("project=shop-web to -5; project=shop-web to -6", "-5"), ("project=x to -5; to -6", "-6"),
        ("project=shop-web to home; to nowhere", "-100"),
    ])
    func `the first rule that matches wins`(rules: String, expected: String) throws {
        #expect(try Self.place(rules) == expected)
    }

    @Test func `an environment that is not known matches no rule about it`() throws {
        #expect(try Self.place("environment=staging,dev to -5", environment: "staging") == "-5")
        #expect(try Self.place("environment=staging to -5", environment: "Staging") == "-5")
        #expect(try Self.place("environment!=production to -5", environment: "staging") == "-5")
        #expect(try Self.place("environment!=production to -5", environment: "production") == "-100")
    }

    @Test(arguments: [
        ("21:59", "-100"), ("22:00", "-100 silent"), ("03:00", "-100 silent"), ("06:59", "-100 silent"),
        ("07:00", "-100"),
    ])
    func `night hours go over midnight`(time: String, expected: String) throws {
        #expect(try Self.place("hours=22:00-07:00 level<fatal silent", at: time) == expected)
        #expect(try Self.place("hours=22:00-07:00 level<fatal silent", level: .fatal, at: time) == "-100")
    }

    @Test(arguments: [
        ("project=x", "“project=x” needs a destination or “silent”"),
        ("shop-web to -5", "“shop-web” is not a condition such as project=shop-web"),
        ("project=x to", "“project=x to” does not say where to"),
        ("project=x to team", "“team” is neither a chat id, “home” nor “nowhere”"),
        ("project=x to -5 to -6", "“project=x to -5 to -6” has two destinations"),
        ("to -5 project=x", "“project=x” stands after the destination"),
        ("level=critical to -5", "“critical” is not a level; there are debug, info, warning, error and fatal"),
        ("level=>error to -5", "“level=>error” compares by “=>”; level takes =, !=, <, <=, > and >="),
        ("level>error,fatal to -5", "“level>error,fatal” compares with more than one level"),
        ("project= to -5", "“project=” has no value"),
        ("project>x to -5", "“project>x” compares by “>”; project takes = or !="),
        ("hours!=22:00-07:00 silent", "“hours!=22:00-07:00” compares by “!=”; hours takes ="),
        ("hours=22-7 silent", "“hours=22-7” is not of the form hours=22:00-07:00"),
        ("hours=07:00-07:00 silent", "“hours=07:00-07:00” is not of the form hours=22:00-07:00"),
        ("team=web to -5", "“team” is not known; there are project, level, environment and hours"),
        ("project=x to -5:0", "“-5:0” is neither a chat id, “home” nor “nowhere”"),
        ("level<info silent; nonsense", "“nonsense” is not a condition such as project=shop-web"),
    ])
    func `says what is wrong with a rule`(rules: String, mistake: String) {
        #expect(throws: Routes.Mistake(description: mistake)) { try Routes(text: rules, home: Self.home) }
    }

    @Test func `knows every chat, and whether the environment matters`() throws {
        let routes = try Routes(
            text: "environment=dev to -7; project=x to -5:1; level=info to -5:2; to home", home: Self.home)
        #expect(routes.chats == [-100, -7, -5])
        #expect(routes.needsEnvironment)
        #expect(!(try Routes(text: "project=x to -5", home: Self.home)).needsEnvironment)
    }
}
