import Telegram

/// Our own user name, asked for when it is first needed: a bot whose Telegram is away starts all the same.
actor BotName {
    private let telegram: BotAPI
    private var known: String?

    init(telegram: BotAPI) { self.telegram = telegram }

    func get() async throws -> String {
        if let known { return known }
        let name = try await telegram.me().username ?? ""
        known = name
        return name
    }
}
