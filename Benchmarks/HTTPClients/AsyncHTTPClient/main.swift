import AsyncHTTPClient
import Glibc
import Load

guard let load = Load() else {
    print("usage: http-async-http-client URL REQUESTS CONCURRENCY")
    exit(2)
}
let client = HTTPClient.shared
try await load.run {
    let response = try await client.execute(HTTPClientRequest(url: $0), timeout: .seconds(30))
    return try await response.body.collect(upTo: 8 << 20).readableBytes
}
