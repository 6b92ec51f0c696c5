import Domain
import FoundationEssentials

extension SampleIssues {
    /// Issues 7 and 9, of the Python service.
    func billingIssues() throws -> [Sample] {
        let file = "services/billing/billing"
        let frame = { (name: String, function: String, text: String) throws -> Frame in
            let line = try ShopHistory.platform.line(text, in: "\(file)/\(name).py", at: "billing-api-v1.5.0")
            return Frame(
                filename: "billing/\(name).py", absolutePath: "/srv/billing/billing/\(name).py", function: function,
                module: "billing.\(name)", line: line.number, isInApp: true, contextLine: line.text)
        }
        let charge = Event(
            id: StandInGlitchTip.eventID(7, 1), date: ago(days: 0.35),
            title: "InvoiceError: no invoice for order 90218",
            platform: "python", transaction: "billing.jobs.nightly",
            exceptions: [
                Exception(
                    type: "KeyError", value: "'FR'",
                    frames: [
                        try frame("invoice", "create", "rate = rate_for("),
                        try frame("rates", "rate_for", "return RATES["),
                    ]),
                Exception(
                    type: "InvoiceError", value: "no invoice for order 90218",
                    frames: [
                        try frame("jobs", "nightly", "invoice.create(order)"),
                        try frame("invoice", "create", "raise InvoiceError("),
                    ]),
            ], tags: Self.tags(release: "billing-api@1.5.0", number: 7))
        let report = Event(
            id: StandInGlitchTip.eventID(9, 1), date: ago(days: 0.3),
            title: "Nightly run finished: 412 invoices, 2 skipped",
            message: "Nightly run finished: 412 invoices, 2 skipped", platform: "python",
            transaction: "billing.jobs.nightly", tags: Self.tags(release: "billing-api@1.5.0", number: 9))
        return [
            Sample(id: 7, project: "billing-api", events: [charge], count: 4, firstSeen: ago(days: 3.3)),
            Sample(
                id: 9, project: "billing-api", level: .info, events: [report], count: 3, firstSeen: ago(days: 2.3)),
        ]
    }

    /// Issue 6: what anybody with the public DSN could send, to break out of markup, paths and command lines.
    var hostileIssue: Sample {
        let start =
            "<b>&\u{202E}gnp.exe</b> \"../../etc/passwd\" --exec=x \0 `rm -rf /` *x* _y_ [l](http://evil.example) "
        let value = start + String(repeating: "A", count: 100_000)
        let paths = [
            "../../etc/passwd", "--exec=x", "-rf", "lib/cart.js\0.png", "lib/\u{202E}sj.trac", "/etc/shadow",
            "lib/<script>.js", String(repeating: "x/", count: 2000), "", ".", "..", "lib/../../../root/.ssh/id_rsa",
        ]
        let lines = [0, 1_000_000_000, -1, 1]
        let frames = paths.enumerated().map { index, path in
            Frame(
                filename: path, absolutePath: path, function: "<b>\(index)</b>\u{202E}",
                line: lines[index % lines.count],
                column: 0, isInApp: true, contextLine: "</code></pre><a href=\"http://evil.example\">\0")
        }
        let event = Event(
            id: StandInGlitchTip.eventID(6, 1), date: ago(days: 0.15), title: "<script>alert(1)</script>: \(value)",
            platform: "node", transaction: "GET /<b>\u{202E}",
            exceptions: [Exception(type: "<script>alert(1)</script>", value: value, frames: frames)],
            tags: Self.tags(release: "--upload-pack=x", number: 6) + [Tag(key: "<i>\0", value: "\u{2066}&amp;")])
        return Sample(id: 6, project: "shop-web", events: [event], count: 2, firstSeen: ago(days: 0.2))
    }

    /// Issue 10: of a project whose code nobody told us.
    var mobileIssue: Sample {
        let event = Event(
            id: StandInGlitchTip.eventID(10, 1), date: ago(days: 0.6), title: "Fatal error: Index out of range",
            platform: "cocoa", transaction: "CartViewController",
            exceptions: [
                Exception(
                    type: "Fatal error", value: "Index out of range",
                    frames: [
                        Frame(filename: "CartViewController.swift", function: "viewDidLoad()", line: 41, isInApp: true),
                        Frame(
                            filename: "CartViewModel.swift", function: "CartViewModel.item(at:)", line: 88,
                            isInApp: true),
                    ])
            ], tags: Self.tags(release: "shop.example.app@4.2.0+421", number: 10))
        return Sample(id: 10, project: "mobile-app", events: [event], count: 12, firstSeen: ago(days: 6))
    }
}
