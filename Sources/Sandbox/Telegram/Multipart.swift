/// A form with files, as `sendDocument` is called.
struct Multipart {
    struct File: Sendable, Hashable {
        let name: String
        let bytes: [UInt8]

        var size: Int { bytes.count }
    }

    private(set) var fields: [String: String] = [:]
    private(set) var files: [String: File] = [:]

    init(_ body: [UInt8], contentType: String) {
        guard let mark = contentType.firstRange(of: "boundary=") else { return }
        let boundary = contentType[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        let bytes = Array("\r\n".utf8) + body
        let separator = Array("\r\n--\(boundary)".utf8)
        let marks = bytes.ranges(of: separator)
        for (mark, next) in zip(marks, marks.dropFirst()) {
            read(bytes[mark.upperBound..<next.lowerBound].dropFirst(2))
        }
    }

    private mutating func read(_ part: ArraySlice<UInt8>) {
        guard let gap = part.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let content = part[gap.upperBound...]
        let headers = String(decoding: part[..<gap.lowerBound], as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let line = headers.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = Self.attribute("name", in: line)
        else { return }
        if let file = Self.attribute("filename", in: line) {
            files[name] = File(name: file, bytes: Array(content))
        } else {
            fields[name] = String(decoding: content, as: UTF8.self)
        }
    }

    private static func attribute(_ name: String, in line: Substring) -> String? {
        guard let mark = line.firstRange(of: "; \(name)=\"") else { return nil }
        return String(line[mark.upperBound...].prefix { $0 != "\"" })
    }
}
