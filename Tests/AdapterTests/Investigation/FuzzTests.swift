import Fuzzing
import Testing

/// Hostile text through the trace parser and every form of the report. Some inputs in a test run; `make fuzz`
/// takes a million.
@Suite(.timeLimit(.minutes(5))) struct FuzzTests {
    @Test(arguments: 0..<4)
    func `no text breaks the parser or a report`(part: Int) async throws {
        let corpus = try Corpus(folders: [String(#filePath.dropLast("/Investigation/FuzzTests.swift".count))])
        for number in (part * 40)..<(part * 40 + 40) {
            let trouble = await HostileCase(number, of: corpus).trouble
            #expect(trouble == nil, "input \(number)")
        }
    }
}
