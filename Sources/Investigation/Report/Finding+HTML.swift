import Domain

extension Finding {
    /// For Telegram: short first, details folded, at most 4096 units.
    package func html() -> HTML { HTML(title) }
}
