/// How often an investigation named the right commit, by what people answered.
package struct HitRate: Sendable, Hashable {
    package let right: Int
    package let wrong: Int
    /// All that were shown, answered or not.
    package let investigations: Int

    package init(right: Int, wrong: Int, investigations: Int) {
        self.right = max(0, right)
        self.wrong = max(0, wrong)
        self.investigations = max(investigations, self.right + self.wrong)
    }

    /// `14 investigations; right in 9 of 11 answers (82 %)`
    package var words: String {
        let shown = investigations == 1 ? "1 investigation" : "\(investigations) investigations"
        let answers = right + wrong
        guard answers > 0 else { return investigations == 0 ? "none" : "\(shown); nobody said whether right" }
        let answered = "right in \(right) of \(answers == 1 ? "1 answer" : "\(answers) answers")"
        let share = answers < Spread.fewest ? "too few to say" : "\((200 * right + answers) / (2 * answers)) %"
        return "\(shown); \(answered) (\(share))"
    }
}
