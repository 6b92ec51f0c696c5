import CCairo

/// A sheet to draw on, which becomes a PNG; the one place that knows cairo.
///
/// Once something went wrong cairo draws nothing more, and the PNG is an error: nothing in between needs a check.
final class Canvas {
    let width: Double
    let height: Double
    /// Whether the machine has a font; without one everything but text is drawn.
    let hasText: Bool
    private let surface: OpaquePointer
    let context: OpaquePointer
    /// The place of the font that has a letter, nil for those that none has: found out once.
    var families: [Character: Int?] = [:]

    init(width: Int, height: Int) throws(ChartError) {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else {
            throw ChartError(description: "cairo has no surface")
        }
        guard let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            throw ChartError(description: "cairo has no context")
        }
        self.surface = surface
        self.context = context
        self.width = Double(width)
        self.height = Double(height)
        hasText = Self.canWrite
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Tried on a sheet of its own, which may be spoilt by it.
    private static var canWrite: Bool {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8) else { return false }
        defer { cairo_surface_destroy(surface) }
        guard let context = cairo_create(surface) else { return false }
        defer { cairo_destroy(context) }
        cairo_select_font_face(context, families[0], CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(context, 20)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, "0", &extents)
        return cairo_status(context) == CAIRO_STATUS_SUCCESS && extents.x_advance > 0
    }

    // MARK: Shapes

    func fill(x: Double, y: Double, width: Double, height: Double, _ ink: Ink) {
        use(ink)
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    /// A bar that stands on its foot, with its upper corners rounded.
    func bar(x: Double, foot: Double, width: Double, height: Double, _ ink: Ink) {
        let radius = min(4, width / 2, height)
        use(ink)
        cairo_new_path(context)
        cairo_move_to(context, x, foot)
        cairo_arc(context, x + radius, foot - height + radius, radius, .pi, 1.5 * .pi)
        cairo_arc(context, x + width - radius, foot - height + radius, radius, 1.5 * .pi, 2 * .pi)
        cairo_line_to(context, x + width, foot)
        cairo_close_path(context)
        cairo_fill(context)
    }

    func line(fromX x: Double, y: Double, toX: Double, y toY: Double, width: Double, _ ink: Ink, dash: [Double] = []) {
        use(ink)
        cairo_set_line_width(context, width)
        cairo_set_dash(context, dash, Int32(dash.count), 0)
        cairo_move_to(context, x, y)
        cairo_line_to(context, toX, toY)
        cairo_stroke(context)
    }

    /// A triangle that points down to a place.
    func pointer(x: Double, y: Double, size: Double, _ ink: Ink) {
        use(ink)
        cairo_move_to(context, x, y)
        cairo_line_to(context, x - size, y - 1.5 * size)
        cairo_line_to(context, x + size, y - 1.5 * size)
        cairo_close_path(context)
        cairo_fill(context)
    }

    // MARK: Text

    enum Anchor { case start, middle, end }

    func write(
        _ text: String, x: Double, baseline: Double, size: Double, _ ink: Ink, bold: Bool = false,
        anchor: Anchor = .start
    ) {
        guard hasText, !text.isEmpty else { return }
        let runs = runs(of: text)
        let width = width(of: runs, size: size, bold: bold)
        let start =
            switch anchor {
            case .start: x
            case .middle: x - width / 2
            case .end: x - width
            }
        use(ink)
        cairo_move_to(context, start, baseline)
        for run in runs {
            choose(run.family, size: size, bold: bold)
            cairo_show_text(context, run.text)
        }
    }

    func width(of text: String, size: Double, bold: Bool = false) -> Double {
        hasText ? width(of: runs(of: text), size: size, bold: bold) : 0
    }

    private func width(of runs: [Run], size: Double, bold: Bool) -> Double {
        runs.reduce(0) { sum, run in
            choose(run.family, size: size, bold: bold)
            var extents = cairo_text_extents_t()
            cairo_text_extents(context, run.text, &extents)
            return sum + extents.x_advance
        }
    }

    func choose(_ family: Int, size: Double, bold: Bool) {
        cairo_select_font_face(
            context, Self.families[family], CAIRO_FONT_SLANT_NORMAL,
            bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(context, size)
    }

    /// The text, with an ellipsis in its middle when it is too wide: both ends of a release's name tell it from others.
    func fitting(_ text: String, into limit: Double, size: Double, bold: Bool = false) -> String {
        // What is longer than any sheet is not measured letter by letter.
        let letters = Array(text.prefix(200))
        if width(of: String(letters), size: size, bold: bold) <= limit { return String(letters) }
        var kept = letters.count - 1
        while kept > 2 {
            let cut = String(letters.prefix((kept + 1) / 2)) + "…" + String(letters.suffix(kept / 2))
            if width(of: cut, size: size, bold: bold) <= limit { return cut }
            kept -= 1
        }
        return "…"
    }

    // MARK: The end

    func png() throws(ChartError) -> [UInt8] {
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else { throw Self.error(status) }
        cairo_surface_flush(surface)
        var bytes: [UInt8] = []
        let written = withUnsafeMutablePointer(to: &bytes) { pointer in
            cairo_surface_write_to_png_stream(
                surface,
                { target, data, count in
                    guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
                    target.assumingMemoryBound(to: [UInt8].self).pointee
                        .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                    return CAIRO_STATUS_SUCCESS
                }, pointer)
        }
        guard written == CAIRO_STATUS_SUCCESS else { throw Self.error(written) }
        return bytes
    }

    private static func error(_ status: cairo_status_t) -> ChartError {
        ChartError(description: cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
    }

    private func use(_ ink: Ink) { cairo_set_source_rgb(context, ink.red, ink.green, ink.blue) }
}

/// The colours: blue against orange and grey, which people who see fewer colours tell apart (Okabe and Ito), and which
/// differ in brightness too.
struct Ink {
    let red: Double
    let green: Double
    let blue: Double

    private init(_ hex: Int) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
    }

    static let paper = Ink(0xFCFCFA)
    static let text = Ink(0x1C2126)
    static let faint = Ink(0x5B646D)
    static let grid = Ink(0xE2E5E8)
    static let axis = Ink(0x8C959D)
    static let now = Ink(0x0072B2)
    static let before = Ink(0xC6CCD2)
    static let mark = Ink(0xB84A00)
}
