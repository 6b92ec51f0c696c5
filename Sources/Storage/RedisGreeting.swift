/// What is said first on each connection. Nothing else is sent before all of it was answered well: a command must not
/// run in the wrong database because SELECT failed.
struct RedisGreeting: Sendable {
    let commands: [[[UInt8]]]

    init(url: RedisURL, probe: String?) {
        var commands: [[String]] = []
        if let password = url.password {
            commands.append(["AUTH"] + [url.user, password.reveal()].compactMap { $0 })
        }
        if url.database != 0 { commands.append(["SELECT", String(url.database)]) }
        if let probe {
            let lifetime = String(RedisKeys.probeLifetime.milliseconds)
            commands.append(["EVAL", "return redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])", "1", probe, lifetime])
        } else {
            commands.append(["PING"])
        }
        self.commands = commands.map { $0.map { Array($0.utf8) } }
    }
}
