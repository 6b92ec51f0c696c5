import FoundationEssentials

extension StandInGlitchTip {
    /// Newest first; an issue that is not there has none.
    func commentList(_ call: RoutedCall) throws(Denied) -> Answer {
        let paging = try Paging(call.question)
        let comments = visible(call.int(0), call)?.comments.reversed() ?? []
        return paging.page(Array(comments), isDescending: true, call.question) {
            .text(WireTime.spaced($0.date))
        } wire: {
            self.wire($0)
        }.answer
    }

    func addComment(_ call: RoutedCall) throws(Denied) -> Answer {
        let text = try commentText(call)
        guard visible(call.int(0), call) != nil else { throw .noIssue }
        lastComment += 1
        let comment = StoredComment(id: lastComment, account: call.account?.id ?? 0, date: now(), text: text)
        issues[call.int(0)]?.comments.append(comment)
        return .json(201, wire(comment))
    }

    /// Anybody in the organization may change anybody's comment.
    func changeComment(_ call: RoutedCall) throws(Denied) -> Answer {
        let text = try commentText(call)
        let index = try index(of: call)
        issues[call.int(0)]?.comments[index].text = text
        guard let comment = issues[call.int(0)]?.comments[index] else { throw .noComment }
        return .json(200, wire(comment))
    }

    func deleteComment(_ call: RoutedCall) throws(Denied) -> Answer {
        let index = try index(of: call)
        issues[call.int(0)]?.comments.remove(at: index)
        return Answer(204, headers: [("Content-Type", "application/json; charset=utf-8")])
    }

    private func index(of call: RoutedCall) throws(Denied) -> Int {
        guard let index = visible(call.int(0), call)?.comments.firstIndex(where: { $0.id == call.int(1) }) else {
            throw .noComment
        }
        return index
    }

    private func wire(_ comment: StoredComment) -> JSON {
        let account = accounts.first { $0.id == comment.account }
        return [
            "data": ["text": .string(comment.text)], "type": "note", "dateCreated": WireTime.text(comment.date),
            "user": account.map { ["id": .string(String($0.id)), "email": .string($0.email)] } ?? nil,
            "id": .int(comment.id),
        ]
    }

    /// `{"data": {"text": "…"}}` and nothing else.
    private func commentText(_ call: RoutedCall) throws(Denied) -> String {
        let body = try body(call)
        let place: [JSON] = ["body", "payload", "data"]
        guard let data = body["data"] else { throw .invalid(Denied.detail("missing", place, "Field required")) }
        guard let fields = data.object else {
            throw .invalid(Denied.detail("dict_type", place, "Input should be a valid dictionary"))
        }
        var complaints: [JSON] = []
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            if key != "text" {
                complaints.append(
                    Denied.detail(
                        "literal_error", place + [.string(key), "[key]"], "Input should be 'text'",
                        context: ["expected": "'text'"]))
            }
            if value.string == nil {
                complaints.append(
                    Denied.detail("string_type", place + [.string(key)], "Input should be a valid string"))
            }
        }
        guard complaints.isEmpty else { throw Denied(answer: .json(422, ["detail": .array(complaints)])) }
        // A missing text and a NUL are seen by nobody before the database.
        guard let text = fields["text"]?.string, !text.unicodeScalars.contains("\0") else { throw .serverError }
        return text
    }
}
