import Domain
import FoundationEssentials

extension GlitchTipAPI {
    /// The newest first.
    package func comments(on issue: Issue.ID, limit: Int = 20) async throws -> [Comment] {
        try await door.page("/api/0/issues/\(issue)/comments/", limit: limit, as: WireComment.self).items
            .map(\.comment)
    }

    /// Writes a comment; GlitchTip shows the owner of the token as its author. A missing issue is answered with 400.
    package func comment(_ text: String, on issue: Issue.ID) async throws -> Comment {
        struct Body: Encodable {
            let data: Data

            struct Data: Encodable { let text: String }
        }
        // A NUL makes the server fail.
        let body = Body(data: .init(text: text.filter { $0 != "\0" }))
        do {
            return try await door.write(.post, "/api/0/issues/\(issue)/comments/", body, as: WireComment.self).comment
        } catch GlitchTipError.refused(400) {
            throw GlitchTipError.notFound
        }
    }
}

private struct WireComment: Decodable {
    let id: WireNumber
    let data: Text?
    let dateCreated: Perhaps<Date>?
    let date_created: Perhaps<Date>?
    let user: User?

    struct Text: Decodable { let text: String? }
    struct User: Decodable { let email: String? }

    var comment: Comment {
        let date = dateCreated?.value ?? date_created?.value ?? Date(timeIntervalSince1970: 0)
        return Comment(id: id.value, text: data?.text ?? "", date: date, author: user?.email)
    }
}
