import FoundationEssentials
import Testing

@testable import Sandbox

/// Telegram's limits, which the stand-in keeps when it is told to.
@Suite struct SendingPaceTests {
    private let start = Date(timeIntervalSince1970: 1_790_000_000)

    @Test func `one a second in a chat, with a burst of five`() {
        var pace = SendingPace()
        for _ in 1...5 { #expect(pace.delay(chat: 1, isGroup: false, at: start) == nil) }
        #expect(pace.delay(chat: 1, isGroup: false, at: start) == 1)
        #expect(pace.delay(chat: 1, isGroup: false, at: start) == 2)
        #expect(pace.delay(chat: 1, isGroup: false, at: start.addingTimeInterval(1.9)) == 2)
        #expect(pace.delay(chat: 1, isGroup: false, at: start.addingTimeInterval(4)) == nil)
    }

    @Test func `twenty a minute in a group, any number in a private chat`() {
        var pace = SendingPace()
        for index in 0..<20 {
            #expect(pace.delay(chat: -1, isGroup: true, at: start.addingTimeInterval(Double(index) * 2)) == nil)
            #expect(pace.delay(chat: 1, isGroup: false, at: start.addingTimeInterval(Double(index) * 2)) == nil)
        }
        #expect(pace.delay(chat: -1, isGroup: true, at: start.addingTimeInterval(42)) == 18)
        #expect(pace.delay(chat: 1, isGroup: false, at: start.addingTimeInterval(42)) == nil)
        #expect(pace.delay(chat: -1, isGroup: true, at: start.addingTimeInterval(62)) == nil)
    }

    @Test func `thirty a second in all`() {
        var pace = SendingPace()
        for chat in 1...30 { #expect(pace.delay(chat: Int64(chat), isGroup: false, at: start) == nil) }
        #expect(pace.delay(chat: 31, isGroup: false, at: start) == 1)
        #expect(pace.delay(chat: 31, isGroup: false, at: start.addingTimeInterval(1)) == nil)
    }
}
