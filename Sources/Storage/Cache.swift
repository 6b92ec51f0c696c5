/// Keeps bytes for a while; losing them costs time, nothing else.
package protocol Cache: Sendable {
    func value(for key: String) async -> [UInt8]?
    func set(_ bytes: [UInt8], for key: String, lifetime: Duration) async
}
