import Domain
import Foundation
import HTTP
import Telegram
import Testing

/// Updates: cut out of Telegram's answer byte by byte, then read one by one.
@Suite struct UpdateTests {
    private func updates(_ body: String) async throws -> [RawUpdate] {
        try await BotAPI { _, _ in .json(body) }.updates(from: nil, wait: .zero)
    }

    private func text(_ update: RawUpdate) -> String { String(decoding: update.payload, as: UTF8.self) }

    // MARK: Cut out

    @Test func `each update is its own bytes, as they came`() async throws {
        let first = #"{"update_id":17, "message":{"text":"a } ] { [ \" \\","x":[{"y":{}}]}}"#
        let second = #"{"unknown":"\\\"}","update_id":18}"#
        let third = #"{"update_id":19,"message":{"text":"\u007d \ud83d\ude00 💥 \n"}}"#
        let raw = try await updates("{\"ok\":true,\"result\":[\(first),\n \(second) ,\(third)]}")
        #expect(raw.map(\.id) == [17, 18, 19])
        #expect(raw.map(text) == [first, second, third])
    }

    @Test(arguments: [
        (#"{"ok":true,"result":[]}"#, []), (#"{ "ok" : true , "result" : [ ] }"#, []),
        (#"{"result":[{"update_id":5}],"ok":true}"#, [5]),
        // One without a number could not be confirmed; the next one's number does it.
        (
            #"{"ok":true,"result":[{"message":{}},{"update_id":"6"},{"update_id":7},8,"nine",null,[{"update_id":10}],{}]}"#,
            [7]
        ),
        (#"{"ok":true,"result":[{"a":{"update_id":1},"update_id":2}]}"#, [2]),
    ])
    func `only what has a number is an update`(body: String, ids: [Int]) async throws {
        #expect(try await updates(body).map(\.id) == ids)
    }

    @Test(arguments: [
        "", "{", #"{"ok":true,"result":[{"update_id":1},{"update_id":"#, #"{"ok":true,"result":[{"update_id":1}"#,
        #"{"ok":true}"#,
        #"{"ok":true,"result":true}"#, #"{"ok":true,"result":{}}"#, #"{"ok":true,"result":null}"#, "<html>", "[]",
    ])
    func `half an answer is none`(body: String) async {
        await #expect(throws: BotAPIError.malformed) { try await updates(body) }
    }

    @Test func `long updates are read`() async throws {
        let text = String(repeating: "\\u0444}", count: 10_000)
        let body = (1...20).map { #"{"update_id":\#($0),"message":{"text":"\#(text)"}}"# }.joined(separator: ",")
        let raw = try await updates(#"{"ok":true,"result":[\#(body)]}"#)
        #expect(raw.map(\.id) == Array(1...20))
        #expect(raw.allSatisfy { $0.payload.count > 70_000 })
    }

    // MARK: Read

    private func decode(_ json: String) throws -> Update { try Update.decode(Array(json.utf8)) }

    private func message(_ fields: String) throws -> Message {
        let update = try decode(
            #"{"update_id":1,"message":{"message_id":9,"chat":{"id":-1001,"title":"Team"},\#(fields)}}"#)
        guard case .message(let message) = update.kind else { throw BotAPIError.malformed }
        return message
    }

    private static let ada = #""from":{"id":42,"is_bot":false,"first_name":"Ada","username":"ada"}"#

    @Test func `a message has a sender, a chat and a text`() throws {
        let message = try message(
            #"\#(Self.ada),"date":1795468459,"text":"/resolve@tipline_bot 2","entities":[{"type":"bot_command"}]"#)
        #expect(message.id == 9 && message.chat.id == -1001 && message.chat.title == "Team")
        let sender = try #require(message.sender)
        #expect(sender.id == 42 && sender.name == "Ada" && sender.username == "ada" && !sender.isBot)
        #expect(message.text == "/resolve@tipline_bot 2")
        #expect(message.date == Date(timeIntervalSince1970: 1_795_468_459))
        #expect(message.thread == nil && message.repliedTo == nil)
    }

    @Test func `a message may lack nearly everything`() throws {
        let message = try message(#""photo":[]"#)
        #expect(message.sender == nil && message.text == nil && message.thread == nil && message.repliedTo == nil)
        #expect(try self.message(#""from":{"id":7}"#).sender?.name == "somebody")
    }

    @Test func `an answer names the message that it answers`() throws {
        let message = try message(#"\#(Self.ada),"reply_to_message":{"message_id":5,"chat":{"id":-1001},"text":"x"}"#)
        #expect(message.repliedTo == 5)
    }

    /// In a topic Telegram says of every message that it answers the topic's first one.
    @Test func `a message in a topic answers nothing by that`() throws {
        let creation = #""reply_to_message":{"message_id":17,"forum_topic_created":{"name":"Alerts","icon_color":1}}"#
        let message = try message(#"\#(Self.ada),"message_thread_id":17,"is_topic_message":true,\#(creation)"#)
        #expect(message.thread == 17 && message.repliedTo == nil)
        let answer = try self.message(
            #"\#(Self.ada),"message_thread_id":17,"is_topic_message":true,"reply_to_message":{"message_id":20}"#)
        #expect(answer.thread == 17 && answer.repliedTo == 20)
    }

    /// Outside forums a thread is only a row of answers.
    @Test func `a thread that is no topic is none`() throws {
        #expect(try message(#"\#(Self.ada),"message_thread_id":17"#).thread == nil)
    }

    @Test func `an anonymous admin and a channel are nobody`() throws {
        let admin = #""from":{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"}"#
        #expect(try message(#"\#(admin),"sender_chat":{"id":-1001,"title":"Team"},"text":"/resolve 2""#).sender == nil)
        let channel = #""from":{"id":777000,"is_bot":false,"first_name":"Telegram"}"#
        #expect(try message(#"\#(channel),"sender_chat":{"id":-1009},"is_automatic_forward":true"#).sender == nil)
    }

    @Test func `a press has data, a sender and the message under which it was`() throws {
        let update = try decode(
            """
            {"update_id":3,"callback_query":{"id":"77",\(Self.ada),"chat_instance":"x","data":"/resolve 2",
             "message":{"message_id":9,"chat":{"id":-1001},"date":1,"message_thread_id":17,"is_topic_message":true,"text":"x"}}}
            """)
        #expect(update.id == 3 && update.chat == -1001)
        guard case .callback(let query) = update.kind else { throw BotAPIError.malformed }
        #expect(query.id == "77" && query.sender.id == 42 && query.data == "/resolve 2")
        #expect(query.message?.id == 9 && query.message?.chat == -1001 && query.message?.thread == 17)
    }

    @Test func `a press under a message that is too old still says where`() throws {
        let update = try decode(
            #"{"update_id":3,"callback_query":{"id":"77",\#(Self.ada),"message":{"chat":{"id":-1001},"message_id":9,"date":0}}}"#
        )
        guard case .callback(let query) = update.kind else { throw BotAPIError.malformed }
        #expect(query.message?.id == 9 && query.message?.chat == -1001 && query.message?.thread == nil)
        #expect(query.data == nil)
        let inline = try decode(
            #"{"update_id":3,"callback_query":{"id":"77",\#(Self.ada),"inline_message_id":"x","data":"y"}}"#)
        #expect(inline.chat == nil)
    }

    @Test(arguments: [
        (#""status":"creator","is_anonymous":false"#, true), (#""status":"administrator","can_be_edited":true"#, true),
        (#""status":"member""#, true), (#""status":"restricted","is_member":true"#, true),
        (#""status":"restricted","is_member":false"#, false), (#""status":"restricted""#, false),
        (#""status":"left""#, false),
        (#""status":"kicked","until_date":0"#, false), (#""status":"promoted""#, false),
    ])
    func `somebody lets us in or puts us out`(member: String, isMember: Bool) throws {
        let update = try decode(
            """
            {"update_id":4,"my_chat_member":{"chat":{"id":-1001,"type":"supergroup"},\(Self.ada),"date":1,
             "old_chat_member":{"status":"left","user":{"id":1}},"new_chat_member":{\(member),"user":{"id":1,"is_bot":true}}}}
            """)
        #expect(update.kind == .membership(chat: -1001, isMember: isMember))
        #expect(update.chat == -1001)
    }

    @Test(arguments: [
        #"{"update_id":5}"#, #"{"update_id":5,"edited_message":{"message_id":1}}"#,
        #"{"update_id":5,"poll":{"id":"x"}}"#,
        #"{"update_id":5,"from_the_future":[1,2,{"a":null}]}"#, #"{"update_id":5,"message":null}"#,
    ])
    func `a kind that we do not know is unknown`(json: String) throws {
        let update = try decode(json)
        #expect(update.id == 5 && update.kind == .unknown && update.chat == nil)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{}", #"{"update_id":"5"}"#, #"{"update_id":5,"message":{}}"#,
        #"{"update_id":5,"message":7}"#,
        #"{"update_id":5,"message":{"message_id":1,"chat":{}}}"#, #"{"update_id":5,"callback_query":{"id":"1"}}"#,
        #"{"update_id":5,"my_chat_member":{"chat":{"id":1}}}"#,
    ])
    func `what is no update throws, and costs no other`(json: String) {
        #expect(throws: (any Error).self) { try decode(json) }
    }
}
