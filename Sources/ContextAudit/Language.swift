/// A language that calls are looked for in.
package enum Language: String, Sendable, CaseIterable {
    case javascript, typescript, python, php, ruby, java, kotlin, go

    package var name: String {
        switch self {
        case .javascript: "JavaScript"
        case .typescript: "TypeScript"
        case .python: "Python"
        case .php: "PHP"
        case .ruby: "Ruby"
        case .java: "Java"
        case .kotlin: "Kotlin"
        case .go: "Go"
        }
    }

    /// Languages that share a program, and with it what is set once for all of it.
    var family: Language {
        switch self {
        case .typescript: .javascript
        case .kotlin: .java
        case .javascript, .python, .php, .ruby, .java, .go: self
        }
    }

    /// By the end of a file's name. Minified files and declarations hold no code that somebody wrote.
    init?(file name: Substring) {
        guard let dot = name.lastIndex(of: "."), !name.contains(".min."), !name.hasSuffix(".d.ts") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "js", "jsx", "mjs", "cjs": self = .javascript
        case "ts", "tsx", "mts", "cts", "vue", "svelte": self = .typescript
        case "py": self = .python
        case "php", "phtml": self = .php
        case "rb", "rake", "ru": self = .ruby
        case "java": self = .java
        case "kt", "kts": self = .kotlin
        case "go": self = .go
        default: return nil
        }
    }

    /// A page, its style and its code in one file.
    static func isComponent(_ name: Substring) -> Bool { name.hasSuffix(".vue") || name.hasSuffix(".svelte") }
}
