import Domain
import Testing

@testable import Investigation

/// How alike two stacks are.
@Suite struct StackSignatureTests {
    private func stack(_ functions: String...) -> StackSignature {
        let frames = functions.map { Frame(filename: "lib/\($0).js", function: $0) }
        return StackSignature(Event(id: "e", title: "", exceptions: [Exception(type: "", value: "", frames: frames)]))
    }

    private func likeness(_ left: StackSignature, _ right: StackSignature, _ seen: FrameStatistics = .init()) -> Double
    {
        left.likeness(to: right, seen: seen) ?? -1
    }

    @Test func `the same is the same, other frames are nothing, none cannot be told`() {
        let own = stack("serve", "checkout", "total")
        #expect(likeness(own, own) == 1)
        #expect(likeness(own, stack("cron", "sync")) == 0)
        #expect(own.likeness(to: stack(), seen: FrameStatistics()) == nil)
    }

    @Test func `what differs far from the crash weighs less`() {
        let own = stack("serve", "checkout", "discount", "total")
        #expect(
            likeness(own, stack("cron", "checkout", "discount", "total"))
                > likeness(own, stack("serve", "checkout", "discount", "format")))
    }

    @Test func `the order of the frames counts`() {
        #expect(likeness(stack("a", "b", "c"), stack("c", "b", "a")) < 0.7)
    }

    @Test func `a shared rare frame weighs more than one that every crash has`() {
        var seen = FrameStatistics()
        for _ in 0..<50 { seen.learn(stack("loop").frames) }
        let own = stack("loop", "discount")
        let rare = likeness(own, stack("queue", "discount"), seen)
        let common = likeness(own, stack("loop", "format"), seen)
        #expect(rare > 0.6)
        #expect(common < 0.4)
    }

    @Test func `recursion counts once, and a stack of a megabyte is bounded`() {
        let deep = (0..<999).map { _ in Frame(filename: "a.js", function: "walk") }
        let event = Event(id: "e", title: "", exceptions: [Exception(type: "", value: "", frames: deep)])
        #expect(StackSignature(event).frames.count == 1)
        let wide = (0..<9999).map { Frame(filename: "a.js", function: "f\($0)") }
        let many = Event(
            id: "e", title: "", exceptions: Array(repeating: Exception(type: "", value: "", frames: wide), count: 9))
        #expect(StackSignature(many).frames.count <= 120)
    }
}
