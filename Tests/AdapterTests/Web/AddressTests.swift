import Testing
import Web

@Suite struct AddressTests {
    @Test(arguments: [
        ("127.0.0.1:8086", "127.0.0.1:8086"), ("[::1]:8086", "[::1]:8086"), ("[::]:80", "[::]:80"),
        (":8086", "0.0.0.0:8086"),
        ("localhost:0", "localhost:0"), ("bot-1.example.com:65535", "bot-1.example.com:65535"),
    ])
    func `reads host and port`(text: String, address: String) throws {
        #expect(try Address(text: text).description == address)
    }

    @Test(arguments: [
        ("", "has no port"), ("8086", "has no port"), ("localhost", "has no port"), ("[::1]", "has no port"),
        ("a:", "has no port between 0 and 65535"), ("a:65536", "has no port between 0 and 65535"),
        ("a:+80", "has no port between 0 and 65535"), ("a:-1", "has no port between 0 and 65535"),
        ("a:８０", "has no port between 0 and 65535"),
        ("::1:8086", "needs brackets around its IPv6 address"),
        ("[localhost]:80", "holds no IPv6 address in its brackets"),
        ("[]:80", "holds no IPv6 address in its brackets"), ("[::1:80", "holds no IPv6 address in its brackets"),
        ("http://localhost:80", "is not of the form host:port"),
        ("unix:///run/tipline.sock", "is not of the form host:port"),
        ("a b:80", "is not of the form host:port"), ("*:80", "is not of the form host:port"),
        ("ü:80", "is not of the form host:port"),
    ])
    func `says what is wrong`(text: String, mistake: String) {
        #expect(throws: Address.Mistake.self) { try Address(text: text) }
        do { _ = try Address(text: text) } catch { #expect(error.description == mistake) }
    }
}
