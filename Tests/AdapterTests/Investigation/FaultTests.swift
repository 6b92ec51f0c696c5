import Domain
import Testing

@testable import Investigation

/// What kind of fault real errors look like, in every language.
@Suite struct FaultTests {
    private func fault(_ errors: (String, String)...) -> Fault? {
        Fault(errors.map { Exception(type: $0.0, value: $0.1) }, or: "")
    }

    @Test(arguments: [
        ("Error", "connect ECONNREFUSED 10.0.0.5:6379", "network", "ECONNREFUSED [ip]:6379"),
        ("Error", "getaddrinfo ENOTFOUND api.example.com", "network", "ENOTFOUND api.example.com"),
        ("TypeError", "Failed to fetch", "network", "TypeError: Failed to fetch"),
        ("ConnectionRefusedError", "[Errno 111] Connection refused", "network", "Connection refused"),
        ("java.net.SocketTimeoutException", "Read timed out", "network", "SocketTimeoutException: Read timed out"),
        (
            "*net.OpError", "dial tcp 10.0.0.1:5432: connect: connection refused", "network", "connection refused"
        ),
        (
            "Errno::ECONNREFUSED", "Failed to open TCP connection", "network",
            "ECONNREFUSED: Failed to open TCP connection"
        ),
        (
            "PDOException", "SQLSTATE[HY000] [2002] No such file or directory", "network",
            "SQLSTATE[HY000] [2002] No such file or directory"
        ),
        ("java.lang.OutOfMemoryError", "Java heap space", "resource", "OutOfMemoryError: Java heap space"),
        ("MemoryError", "", "resource", "MemoryError"),
        ("Error", "ENOSPC: no space left on device, write", "resource", "ENOSPC: no space left on device, write"),
        (
            "FatalError", "Allowed memory size of 134217728 bytes exhausted", "resource",
            "Allowed memory size of 134217728 bytes exhausted"
        ),
        ("ImproperlyConfigured", "Set the SECRET_KEY", "configuration", "ImproperlyConfigured: Set the SECRET_KEY"),
        (
            "Error", "listen EADDRINUSE: address already in use :::8080", "configuration",
            "EADDRINUSE: address already in use [ip]"
        ),
        (
            "ModuleNotFoundError", "No module named 'requests'", "dependency",
            "ModuleNotFoundError: No module named 'requests'"
        ),
        ("Error", "Cannot find module 'express'", "dependency", "Cannot find module 'express'"),
        ("LoadError", "cannot load such file -- nokogiri", "dependency", "cannot load such file -- nokogiri"),
        ("AxiosError", "Request failed with status code 503", "dependency", "status code 503"),
        ("SyntaxError", "Unexpected token < in JSON at position 0", "data", "in JSON at position 0"),
        (
            "IntegrityError", "duplicate key value violates unique constraint \"users_email\"", "data",
            "violates unique constraint \"users_email\""
        ),
        ("NumberFormatException", "For input string: \"\"", "data", "NumberFormatException: For input string: \"\""),
        (
            "ValueError", "invalid literal for int() with base 10: 'x'", "data",
            "invalid literal for int() with base 10: 'x'"
        ),
        (
            "TypeError", "Cannot read properties of undefined (reading 'percent')", "code",
            "Cannot read properties of undefined (reading 'percent')"
        ),
        (
            "AttributeError", "'NoneType' object has no attribute 'id'", "code",
            "'NoneType' object has no attribute 'id'"
        ),
        ("java.lang.NullPointerException", "", "code", "NullPointerException"),
        (
            "NoMethodError", "undefined method `total' for nil:NilClass", "code",
            "undefined method `total' for nil:NilClass"
        ),
        ("runtime error", "invalid memory address or nil pointer dereference", "code", "nil pointer dereference"),
        ("panic", "called `Option::unwrap()` on a `None` value", "code", "called `Option::unwrap()` on a `None` value"),
        ("Error", "Call to a member function total() on null", "code", "Call to a member function total() on null"),
        (
            "System.NullReferenceException", "Object reference not set", "code",
            "NullReferenceException: Object reference not set"
        ),
        ("Fatal error", "Unexpectedly found nil while unwrapping", "code", "Unexpectedly found nil while unwrapping"),
        ("SIGSEGV", "", "code", "SIGSEGV"),
    ])
    func `tells by the runtime's own words`(type: String, value: String, kind: String, evidence: String) {
        #expect(fault((type, value)) == Fault(kind: Fault.Kind(rawValue: kind), evidence: evidence))
    }

    @Test(arguments: [
        ("Error", "payment declined"), ("PipelineError", "thepipeline stopped"), ("", ""),
        ("PermissionError", "User may not see this"), ("Error", "timeout of 5000ms exceeded"),
        // Two kinds in one text.
        ("Error", "ECONNREFUSED after ENOSPC"), ("Error", "JSONDecodeError: 502 Bad Gateway"),
    ])
    func `unknown is said as nothing`(type: String, value: String) {
        #expect(fault((type, value)) == nil)
    }

    @Test func `the root cause decides, and a crash that follows is not called code`() {
        #expect(
            fault(("Error", "connect ECONNREFUSED 10.0.0.5:1"), ("TypeError", "x is not a function"))?.kind == .network)
        #expect(fault(("TypeError", "x is not a function: ECONNRESET"))?.kind == .network)
    }

    @Test func `what the headline says is not said again`() throws {
        let found = try #require(fault(("Error", "connect ECONNREFUSED db:5432")))
        #expect(found.sentence(under: "Error: oops") == "Looks like a network fault: ECONNREFUSED db:5432")
        #expect(found.sentence(under: "Error: connect ECONNREFUSED db:5432") == "Looks like a network fault.")
    }

    @Test func `one line, without secrets and without the rest of a megabyte`() throws {
        let found = try #require(
            fault(
                ("Error", "ECONNREFUSED postgres://u:s3cretpw@db:5432/x \(String(repeating: "x", count: 1_000_000))\n"))
        )
        #expect(!found.sentence(under: "").contains("s3cretpw"))
        #expect(found.sentence(under: "").count < 160)
        #expect(!found.sentence(under: "").contains("\n"))
    }
}

extension Fault {
    fileprivate init?(kind: Kind?, evidence: String) {
        guard let kind else { return nil }
        self.init(kind: kind, evidence: evidence)
    }
}
