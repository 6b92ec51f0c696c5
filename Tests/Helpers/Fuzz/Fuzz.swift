import Fuzzing

/// Runs hostile inputs until they are done, and says which numbers are in trouble: `Fuzz COUNT [FIRST] [FOLDER …]`. With
/// a count of one it shows what was said as well.
@main struct Fuzz {
    // Somebody waits for the answer.
    private static let slow = Duration.seconds(2)

    static func main() async throws {
        var words = CommandLine.arguments.dropFirst()
        guard let count = words.popFirst().flatMap({ Int($0) }) else {
            return print("usage: Fuzz COUNT [FIRST] [FOLDER …]")
        }
        let first = words.first.flatMap { Int($0) } ?? 0
        if Int(words.first ?? "") != nil { words.removeFirst() }
        let corpus = try Corpus(folders: Array(words))

        let clock = ContinuousClock()
        let begin = clock.now
        var longest = (time: Duration.zero, number: first)
        var bad = 0
        for number in first..<(first + count) {
            let start = clock.now
            let hostile = await HostileCase(number, of: corpus)
            if count == 1 { print(hostile.said) }
            if let trouble = hostile.trouble {
                bad += 1
                if bad <= 20 { print("input \(number): \(trouble)") }
            }
            let time = clock.now - start
            if time > longest.time { longest = (time, number) }
            if time > slow { print("input \(number) took \(time)") }
            // Where to begin again, should one of the next crash.
            if (number + 1).isMultiple(of: 10_000) { print("up to \(number + 1) after \(clock.now - begin)") }
        }
        print(
            "\(count) inputs from \(first), \(bad) in trouble, \(clock.now - begin); longest \(longest.time), input \(longest.number)"
        )
    }
}
