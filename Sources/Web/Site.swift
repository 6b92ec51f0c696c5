import Domain
import FoundationEssentials
import Logging
import NIOHTTP1

/// What there is on the server, who may come in, and what is answered.
struct Site: Sendable {
    enum Page: Sendable { case webhook, alive, ready, metrics }

    /// What is decided when only the head of a request is there, so that nobody makes us keep a body who does not know
    /// the secret.
    enum Admission: Sendable {
        case welcome(Page, bodyLimit: Int)
        case refused(WebResponse)
    }

    /// Nil: there is no webhook.
    let secret: Secret?
    let bodyLimit: Int
    let accept: @Sendable ([UInt8]) async throws -> Void
    let readiness: @Sendable () async -> [(name: String, trouble: String?)]
    let metrics: @Sendable () async throws -> [Metric]
    let log: Logger

    /// The path is compared as it came: nothing is decoded, no dots or slashes are folded.
    func admit(_ method: HTTPMethod, _ uri: String) -> Admission {
        guard let page = page(at: uri.prefix { $0 != "?" }) else { return .refused(.notFound) }
        if page == .webhook {
            guard method == .POST else {
                log.warning("a webhook did not come by POST: a redirect on the way turns it into GET")
                return .refused(.wrongMethod(allowed: "POST"))
            }
            return .welcome(page, bodyLimit: bodyLimit)
        }
        guard method == .GET || method == .HEAD else { return .refused(.wrongMethod(allowed: "GET, HEAD")) }
        return .welcome(page, bodyLimit: 0)
    }

    func answer(_ request: WebRequest) async -> WebResponse {
        switch request.page {
        case .webhook: await keep(request.body)
        case .alive: WebResponse(.ok, "ok")
        case .ready: Self.readiness(await readiness())
        case .metrics: await figures()
        }
    }

    private func page(at path: Substring) -> Page? {
        switch path {
        case "/healthz": return .alive
        case "/readyz": return .ready
        case "/metrics": return .metrics
        default:
            let prefix = "/webhooks/glitchtip/"
            guard let secret, path.hasPrefix(prefix) else { return nil }
            return secret.matches(path.dropFirst(prefix.count)) ? .webhook : nil
        }
    }

    private func keep(_ body: [UInt8]) async -> WebResponse {
        guard Self.isJSON(body) else { return WebResponse(.badRequest, "not JSON") }
        do {
            try await accept(body)
            return WebResponse(.ok, "ok")
        } catch {
            log.error(
                "an alert could not be written down",
                metadata: ["error": "\(Scrubber.scrub(String(describing: error)))"])
            return WebResponse(.serviceUnavailable, "could not be written down")
        }
    }

    private static func isJSON(_ body: [UInt8]) -> Bool {
        struct Anything: Decodable { init(from decoder: any Decoder) {} }
        // The decoder itself looks into texts only when they are asked for.
        return String(validating: body, as: UTF8.self) != nil
            && (try? JSONDecoder().decode(Anything.self, from: Data(body))) != nil
    }

    private static func readiness(_ neighbours: [(name: String, trouble: String?)]) -> WebResponse {
        let isReady = neighbours.allSatisfy { $0.trouble == nil }
        let lines = neighbours.map { "\($0.name): \($0.trouble ?? "ok")" }
        return WebResponse(isReady ? .ok : .serviceUnavailable, lines.joined(separator: "\n"))
    }

    private func figures() async -> WebResponse {
        do {
            return .metrics(Metric.page(try await metrics()))
        } catch {
            log.error("no metrics", metadata: ["error": "\(Scrubber.scrub(String(describing: error)))"])
            return WebResponse(.serviceUnavailable, "the ledger cannot be read")
        }
    }
}

/// A request that was let in, whole.
struct WebRequest: Sendable {
    let page: Site.Page
    let body: [UInt8]
}
