import Domain

/// What a message says is missing something: `'ProgressBar' object has no attribute 'set_text'`. The fault is often
/// there, in a file that no frame is in.
struct Lacking: Sendable, Hashable {
    /// The last part of a class's name.
    private(set) var types: Set<String> = []
    /// `bb.asyncrpc`, as paths: bb/asyncrpc.
    private(set) var modules: Set<String> = []

    var isEmpty: Bool { types.isEmpty && modules.isEmpty }

    init(_ exceptions: [Exception]) {
        for exception in exceptions {
            let text = "\(exception.type): \(exception.value)".prefix(500)
            for sign in Self.signs where text.range(ofText: sign.word) != nil {
                for name in Self.names(in: text, between: sign.before, and: sign.behind) {
                    if sign.isModule {
                        modules.insert(name.replacing(".", with: "/"))
                    } else if let last = name.split(whereSeparator: { ":.\\$".contains($0) }).last {
                        types.insert(String(last))
                    }
                }
            }
        }
        types.subtract(Self.builtIn)
    }

    private static func names(in text: Substring, between before: String, and behind: String) -> [String] {
        var names: [String] = []
        var rest = text
        while let found = rest.range(ofText: before) {
            rest = rest[found.upperBound...]
            var name = rest.prefix { $0.isLetter || $0.isNumber || "_:.\\$".contains($0) }
            // A mark of the name may be one of the sentence.
            while !name.isEmpty, !rest[name.endIndex...].hasPrefix(behind) { name = name.dropLast() }
            if name.utf8.count > 1 { names.append(String(name)) }
        }
        return names
    }

    private struct Sign {
        /// The sentence is one of these when it has this.
        let word: String
        let before: String
        let behind: String
        var isModule = false
    }

    /// Of Python, Ruby, PHP and Java.
    private static let signs = [
        Sign(word: "has no attribute", before: "module '", behind: "' has no", isModule: true),
        Sign(word: "has no attribute", before: "'", behind: "' object has no"),
        Sign(word: "has no attribute", before: "type object '", behind: "' has no"),
        Sign(word: "cannot import name", before: " from '", behind: "'", isModule: true),
        Sign(word: "undefined method", before: "for an instance of ", behind: ""),
        Sign(word: "undefined method", before: "for #<", behind: ":0x"),
        Sign(word: "uninitialized constant", before: "constant ", behind: "::"),
        Sign(word: "undefined method", before: "undefined method ", behind: "::"),
        Sign(word: "NoSuchMethodError", before: "void ", behind: "."),
    ]

    private static let builtIn: Set<String> = [
        "NoneType", "NilClass", "Array", "Hash", "String", "Integer", "Float", "Symbol", "Object", "Class", "Module",
        "Proc", "list", "dict", "tuple", "set", "str", "int", "float", "bytes", "bool", "function", "type",
    ]
}
