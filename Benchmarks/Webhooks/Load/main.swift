import Glibc
import HTTP

// `webhooks-load URL RATE COUNT`: so many alerts a second on connections of their own, as GlitchTip sends them. An alert's
// time begins when it should have been sent: an answer that keeps the next ones waiting is paid by each of them.
// `webhooks-load URL 0 COUNT`: as fast as it goes, 16 at once on kept connections.
//
// Prints how many were answered 200, answers a second, and p50, p99 and the longest time in milliseconds.
let arguments = CommandLine.arguments
guard arguments.count == 4, let rate = Int(arguments[2]), let count = Int(arguments[3]) else { exit(2) }
let client = Client.curl()
let clock = ContinuousClock()

/// As GlitchTip sends one issue; the number tells them apart.
@Sendable func alert(_ number: Int) -> [UInt8] {
    let link = "http://127.0.0.1:18000/acme/issues/\(number)"
    let fields = [
        ("Project", "Shop Web"), ("Environment", "production"), ("Server Name", "web-1"), ("Release", "shop-web@2.3.1"),
        ("Feature", "checkout"), ("Region", "eu-west-1"),
    ].map { "{\"title\": \"\($0)\", \"value\": \"\($1)\", \"short\": true}" }.joined(separator: ", ")
    return Array(
        """
        {"alias": "GlitchTip", "text": "GlitchTip Alert", "attachments": [{"title": "RangeError: Invalid status code: 42", \
        "title_link": "\(link)", "text": null, "image_url": null, "color": "#e52b50", "fields": [\(fields)], \
        "mrkdown_in": ["text"]}], "sections": [{"activityTitle": "RangeError: Invalid status code: 42", \
        "activitySubtitle": "[View Issue SHOP-WEB-E](\(link))"}]}
        """.utf8)
}

/// Milliseconds, nil when it was not taken.
@Sendable func send(_ number: Int, since due: ContinuousClock.Instant) async -> Double? {
    var headers = [("Content-Type", "application/json")]
    if rate > 0 { headers.append(("Connection", "close")) }
    let request = Request(.post, arguments[1], headers: headers, body: alert(number), timeout: .seconds(10))
    guard let response = try? await client.send(request), response.status == 200 else { return nil }
    return (clock.now - due) / .milliseconds(1)
}

let start = clock.now
let times = try await withThrowingTaskGroup(of: [Double].self) { group in
    if rate > 0 {
        for number in 0..<count {
            let due = start + .seconds(number) / rate
            try await clock.sleep(until: due)
            group.addTask { await send(number, since: due).map { [$0] } ?? [] }
        }
    } else {
        for worker in 0..<16 {
            group.addTask {
                var times: [Double] = []
                for number in stride(from: worker, to: count, by: 16) {
                    if let time = await send(number, since: clock.now) { times.append(time) }
                }
                return times
            }
        }
    }
    var all: [Double] = []
    for try await times in group { all += times }
    return all.sorted()
}
let seconds = (clock.now - start) / .seconds(1)

func percentile(_ share: Double) -> Double {
    times.isEmpty ? .nan : (times[min(times.count - 1, Int(Double(times.count) * share))] * 100).rounded() / 100
}
print(times.count, Int(Double(times.count) / seconds), percentile(0.5), percentile(0.99), percentile(1))
