extension Finding {
    /// For the terminal: plain text, everything in it.
    package func text() -> String { title }
}
