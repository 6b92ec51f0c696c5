import CCairo

/// cairo writes a text in one font, and draws a box for each letter that it lacks. Names come from strangers, in any
/// script: each letter is written in the first font that has it, and what no font has becomes an ellipsis. The caption
/// below the picture has the whole name.
extension Canvas {
    /// Of Debian's packages `fonts-dejavu-core`, `fonts-droid-fallback` and `fonts-noto-cjk`. For one that is missing
    /// fontconfig takes another, which is asked for its letters like the others.
    static let families = ["DejaVu Sans", "Droid Sans Fallback", "Noto Sans CJK SC"]

    /// Letters that one font writes.
    struct Run: Equatable {
        var text: String
        /// Its place among the families.
        let family: Int
    }

    func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        for letter in text {
            let family = family(of: letter)
            let shown = family == nil ? "…" : letter
            guard let last = runs.last, last.family == family ?? 0 else {
                runs.append(Run(text: String(shown), family: family ?? 0))
                continue
            }
            // A whole word that cannot be written is one ellipsis.
            if family == nil, last.text.last == "…" { continue }
            runs[runs.count - 1].text.append(shown)
        }
        return runs
    }

    private func family(of letter: Character) -> Int? {
        if let known = families[letter] { return known }
        let family = Self.families.indices.first { has(letter, $0) }
        families[letter] = .some(family)
        return family
    }

    private func has(_ letter: Character, _ family: Int) -> Bool {
        choose(family, size: 20, bold: false)
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        let status = cairo_scaled_font_text_to_glyphs(
            cairo_get_scaled_font(context), 0, 0, String(letter), -1, &glyphs, &count, nil, nil, nil)
        defer { cairo_glyph_free(glyphs) }
        guard status == CAIRO_STATUS_SUCCESS, let glyphs else { return false }
        // Glyph 0 is the box of every font.
        return UnsafeBufferPointer(start: glyphs, count: Int(count)).allSatisfy { $0.index != 0 }
    }
}
