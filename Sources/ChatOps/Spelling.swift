/// Finds what somebody meant to type.
package enum Spelling {
    /// The word that is at most two slips away, when there is just one nearest.
    package static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        guard word.count <= 40 else { return nil }
        let allowed = word.count <= 4 ? 1 : 2
        let near = words.map { (word: $0, slips: slips(word, $0)) }.filter { $0.slips <= allowed }
        guard let least = near.map(\.slips).min() else { return nil }
        let best = near.filter { $0.slips == least }
        return best.count == 1 ? best[0].word : nil
    }

    /// Letters to insert, drop, change or swap with their neighbour (optimal string alignment).
    private static func slips(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
