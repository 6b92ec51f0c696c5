/// Words in an error's text that stand for one kind of fault.
struct FaultSign: Sendable, Hashable {
    let kind: Fault.Kind
    /// From where the words begin to the end of their line.
    let excerpt: String

    // The words are at the beginning of a message; what a program appends may be somebody's input.
    private static let mostRead = 600
    private static let longestExcerpt = 100

    /// In the order of the table.
    static func all(in text: String) -> [FaultSign] {
        let bytes = Array(text.utf8.prefix(mostRead))
        let lowered = bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
        return table.compactMap { kind, words in
            for word in words {
                if let start = position(of: Array(word.utf8), in: lowered) {
                    let line = bytes[start...].prefix(longestExcerpt).prefix { $0 != 10 && $0 != 13 }
                    return FaultSign(kind: kind, excerpt: String(String(decoding: line, as: UTF8.self)[...].trimmed))
                }
            }
            return nil
        }
    }

    /// Whole words only: `epipe` is not in `thepipeline`.
    private static func position(of word: [UInt8], in text: [UInt8]) -> Int? {
        guard !word.isEmpty, text.count >= word.count else { return nil }
        return (0...text.count - word.count).first { start in
            let end = start + word.count
            return text[start] == word[0] && text[start..<end].elementsEqual(word)
                && !(start > 0 && isLetter(text[start - 1]) && isLetter(word[0]))
                && !(end < text.count && isLetter(text[end]) && isLetter(word[word.count - 1]))
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte) || byte == 95 || byte >= 128
    }

    /// In lower case. Each is what a runtime, a driver or a library itself says, never a word that a program might
    /// use for something else.
    private static let table: [(Fault.Kind, [String])] = [
        (
            .network,
            [
                "econnrefused", "econnreset", "etimedout", "enotfound", "eai_again", "ehostunreach", "enetunreach",
                "connection refused", "connection reset by peer", "connection timed out", "connectionrefused",
                "temporary failure in name resolution", "name or service not known", "no route to host",
                "network is unreachable", "no such host", "i/o timeout", "unknownhostexception",
                "sockettimeoutexception", "java.net.connectexception", "actively refused it",
                "typeerror: failed to fetch", "networkerror when attempting to fetch resource", "net::opentimeout",
                "net::readtimeout", "curl error 6", "curl error 7", "curl error 28", "sqlstate[hy000] [2002]",
                "nsurlerrordomain code=-1001", "nsurlerrordomain code=-1004", "nsurlerrordomain code=-1009",
            ]
        ),
        (
            .resource,
            [
                "outofmemoryerror", "outofmemoryexception", "java heap space", "javascript heap out of memory",
                "allowed memory size of", "enospc", "no space left on device", "emfile", "too many open files",
                "cannot allocate memory", "enomem", "queuepool limit", "too many connections",
                "remaining connection slots are reserved", "connection is not available, request timed out after",
                "std::bad_alloc", "unable to create new native thread", "unable to create native thread",
                "nomemoryerror", "memoryerror", "maximum execution time of", "disk quota exceeded",
                "cuda out of memory", "oom command not allowed",
            ]
        ),
        (
            .configuration,
            [
                "improperlyconfigured", "password authentication failed for user", "access denied for user",
                "noauth authentication required", "wrongpass", "invalidclienttokenid", "invalidaccesskeyid",
                "eaddrinuse", "address already in use", "eacces", "[errno 13] permission denied",
                "environment variable is not set", "environment variable not set", "missing environment variable",
                "missing required environment variable", "no default value for environment variable",
                "could not resolve placeholder",
            ]
        ),
        (
            .dependency,
            [
                "cannot find module", "cannot find package", "modulenotfounderror", "no module named",
                "noclassdeffounderror", "classnotfoundexception", "java.lang.nosuchmethoderror",
                "gem::loaderror", "gem::missingspecerror", "cannot load such file",
                "could not load file or assembly", "error while loading shared libraries", "symbol lookup error",
                "status code 502", "status code 503", "status code 504", "502 bad gateway",
                "503 service unavailable", "504 gateway timeout", "503 server error", "502 server error",
                "504 server error",
            ]
        ),
        (
            .data,
            [
                "in json at position", "is not valid json", "unexpected end of json input", "jsondecodeerror",
                "json::parsererror", "malformedjsonexception", "jsonparseexception",
                "looking for beginning of value", "unicodedecodeerror", "malformed utf-8",
                "violates unique constraint", "violates foreign key constraint", "violates not-null constraint",
                "violates check constraint", "duplicate entry '", "data too long for column",
                "value too long for type", "incorrect string value", "invalid input syntax for type",
                "sqlite_constraint", "invalid byte sequence", "numberformatexception",
                "invalid literal for int() with base", "input string was not in a correct format",
                "decodingerror",
            ]
        ),
        (
            .code,
            [
                "cannot read properties of undefined", "cannot read properties of null",
                "cannot read property", "is not a function", "referenceerror", "is not iterable",
                "maximum call stack size exceeded", "nullpointerexception", "indexoutofboundsexception",
                "arrayindexoutofboundsexception", "stringindexoutofboundsexception", "classcastexception",
                "concurrentmodificationexception", "stackoverflowerror", "'nonetype' object", "attributeerror",
                "unboundlocalerror", "nameerror", "list index out of range", "recursionerror",
                "zerodivisionerror", "undefined method", "nil pointer dereference", "index out of range",
                "integer divide by zero", "call to a member function", "undefined variable", "nullreferenceexception",
                "called `option::unwrap()` on a `none` value", "index out of bounds", "unexpectedly found nil",
                "heap-use-after-free", "heap-buffer-overflow", "stack-buffer-overflow", "sigsegv",
                "double free or corruption",
            ]
        ),
    ]
}
