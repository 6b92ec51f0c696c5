import Domain
import Sandbox
import Testing

@testable import tipline

/// A report with its picture, from the question to the photo in the chat.
@Suite(.timeLimit(.minutes(5))) struct PictureJourney {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    @Test func `the numbers come first, the picture below them with the numbers in its caption`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.say("/stats shop-web 7d", by: .ada)
                let text = try await world.message(beginning: "📊")
                let photo = try await world.message(beginning: "Blue:")
                #expect(text.file == nil)
                #expect(photo.id > text.id)
                #expect(photo.file?.isPhoto == true)
                #expect(photo.file?.bytes.starts(with: Self.png) == true)
                #expect(photo.plain.utf16.count <= 1024)
            }
        }
    }

    @Test(arguments: [
        StandInTelegram.Misbehaviour.status(502), .tooManyRequests(retryAfter: 1), .hangUpBefore, .brokenJSON,
        .unparseable,
    ])
    func `it is sent again when Telegram does not take it at first`(fault: StandInTelegram.Misbehaviour) async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(fault, for: .sendPhoto)
                await world.telegram.say("/stats", by: .ada)
                _ = try await world.message(beginning: "Blue:")
                #expect(await world.telegram.shown().filter { $0.file != nil }.count == 1)
            }
        }
    }

    @Test func `it waits for its text`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(.hangUpBefore, for: .sendMessage, times: 2)
                await world.telegram.say("/stats", by: .ada)
                let photo = try await world.message(beginning: "Blue:")
                let text = try #require(await world.telegram.shown().first { $0.plain.hasPrefix("📊") })
                #expect(text.id < photo.id)
            }
        }
    }

    @Test func `when Telegram refuses it for good, the text stands alone and the chat goes on`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(.refused("PHOTO_INVALID_DIMENSIONS"), for: .sendPhoto, times: 1000)
                await world.telegram.say("/stats", by: .ada)
                _ = try await world.message(beginning: "📊")
                await world.telegram.say("/start", by: .ada)
                _ = try await world.message(beginning: "I am Tipline.")
                #expect(await world.telegram.shown().allSatisfy { $0.file == nil })
            }
        }
    }
}
