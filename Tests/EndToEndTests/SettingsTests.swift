import Domain
import FoundationEssentials
import Testing

@testable import tipline

@Suite struct SettingsTests {
    @Test(arguments: [
        ("A=1", "1"), ("  A = 1 ", nil), ("export A=1", "1"), ("A=\"a b # c\" # comment", "a b # c"),
        ("A='x'", "x"), ("A=a#b", "a#b"), ("A=a # b", "a"), ("A=", ""), ("# A=1", nil), ("A=a=b", "a=b"),
        ("A=1\r", "1"),
    ])
    func `reads a line as a shell would`(line: String, value: String?) {
        #expect(Settings(environment: [:], file: (".env", line)).settings["A"]?.value == value)
    }

    @Test func `says the line of what it cannot read`() {
        let settings = Settings(environment: [:], file: (".env", "A=1\nnonsense\n"))
        #expect(settings.mistakes == [".env, line 2: not of the form NAME=value"])
    }

    @Test func `the environment goes before the file`() {
        let settings = Settings(environment: ["A": "2"], file: (".env", "A=1"))
        #expect(settings.settings["A"]?.value == "2")
        #expect(settings.settings["A"]?.origin == "environment")
    }

    @Test(arguments: [["GLITCHTIP_TOKEN": ""], [:]])
    func `NAME_FILE holds the value where NAME is empty or not there`(name: [String: String]) throws {
        let file = FileManager.default.temporaryDirectory.path() + "/tipline-token-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Data("t0ken\n".utf8).write(to: URL(filePath: file))
        let settings = Settings(environment: name.merging(["GLITCHTIP_TOKEN_FILE": file]) { $1 })
        #expect(settings[.glitchtipToken]?.value == "t0ken")
        let set = Settings(environment: ["GLITCHTIP_TOKEN": "x", "GLITCHTIP_TOKEN_FILE": file])
        #expect(set[.glitchtipToken]?.value == "x")
    }

    @Test func `a file named by NAME_FILE that cannot be read is a mistake`() {
        let settings = Settings(environment: ["GLITCHTIP_TOKEN_FILE": "/nowhere/token"])
        #expect(
            settings.mistakes == ["GLITCHTIP_TOKEN_FILE (environment): the file /nowhere/token cannot be read"])
    }
}
