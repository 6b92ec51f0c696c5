import Domain

/// One input of libFuzzer's. Built by `run` beside it, together with the sources it looks at, for SwiftPM has no such target.
@_cdecl("LLVMFuzzerTestOneInput")
public func guidedFuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    let frames = TraceParser.exceptions(in: text).flatMap(\.frames)
    precondition(frames.allSatisfy { !($0.filename.isEmpty && $0.function == nil) && $0.line ?? 1 >= 0 })
    let html: HTML = "<b>\(text.prefix(300))</b>"
    precondition(html.cut(to: 100).length <= 100)
    precondition(html.plain.unicodeScalars.allSatisfy { !$0.turnsOrHides || $0 == "\n" || $0 == "\t" })
    _ = Scrubber.scrub(text)
    return 0
}
