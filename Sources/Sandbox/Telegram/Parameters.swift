import FoundationEssentials

/// What a method was called with: by JSON, form, multipart or in the address, as Telegram takes them.
struct Parameters {
    private(set) var values: [String: JSON] = [:]
    private(set) var files: [String: Multipart.File] = [:]

    init(_ question: Question) throws(Refused) {
        for (name, value) in question.query { values[name] = .string(value) }
        let type = question.header("Content-Type")?.lowercased() ?? ""
        if type.hasPrefix("application/json") {
            guard !question.body.isEmpty else { return }
            guard let fields = (try? JSON(parsing: question.body))?.object else {
                throw .bad("can't parse JSON object")
            }
            for (name, value) in fields {
                // Telegram takes null for the text "null", which is no number, no Boolean and no object.
                if value == .null {
                    throw .bad(name == "reply_markup" ? "object expected as reply markup" : "invalid \(name) specified")
                }
                values[name] = value
            }
        } else if type.hasPrefix("multipart/form-data") {
            let form = Multipart(question.body, contentType: question.header("Content-Type") ?? "")
            for (name, value) in form.fields { values[name] = .string(value) }
            files = form.files
        } else {
            for (name, value) in PercentCode.pairs(String(decoding: question.body, as: UTF8.self)) {
                values[name] = .string(value)
            }
        }
    }

    subscript(_ name: String) -> JSON? { values[name] }

    func text(_ name: String) -> String? {
        switch values[name] {
        case .string(let text): text
        case .int(let number): String(number)
        default: nil
        }
    }

    func number(_ name: String) -> Int? { values[name]?.int ?? text(name).flatMap { Int($0) } }

    func flag(_ name: String) -> Bool {
        values[name]?.bool ?? ["true", "1", "yes"].contains(text(name)?.lowercased() ?? "")
    }

    /// A parameter that is an object or a list; in a form it is JSON in text.
    func structure(_ name: String) throws(Refused) -> JSON? {
        guard let value = values[name] else { return nil }
        guard case .string(let text) = value else { return value }
        guard let parsed = try? JSON(parsing: Array(text.utf8)) else {
            throw .bad("can't parse \(name.replacing("_", with: " ")) JSON object")
        }
        return parsed
    }

    func chat() throws(Refused) -> Int64 {
        guard let number = number("chat_id") else { throw .bad("chat_id is empty") }
        return Int64(number)
    }

    func message() throws(Refused) -> Int {
        guard let number = number("message_id"), number > 0 else { throw .bad("message identifier is not specified") }
        return number
    }
}
