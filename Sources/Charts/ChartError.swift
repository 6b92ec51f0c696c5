/// Why there is no picture. What it would have shown is said in words anyway.
package struct ChartError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In cairo's words.
    package let description: String
}
