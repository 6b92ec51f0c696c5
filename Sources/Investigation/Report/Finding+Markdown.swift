extension Finding {
    /// The comment under the issue in GlitchTip; says that Tipline wrote it, and for whom.
    package func markdown(for person: String?) -> String { title }
}
