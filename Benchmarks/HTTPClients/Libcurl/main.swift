import Glibc
import HTTP
import Load

guard let load = Load() else {
    print("usage: http-libcurl URL REQUESTS CONCURRENCY")
    exit(2)
}
let client = Client.curl()
try await load.run { try await client.send(Request(.get, $0)).body.count }
