import Domain
import FoundationEssentials

extension SampleIssues {
    func webIssues() throws -> [Sample] {
        [
            try unknownVoucher(), try endedVoucher(), try slowWarehouse(), try missingCurrency(), refusedMail(),
            try fullDatabase(), try negativePage(), lostBadge(),
        ]
    }

    private static let percent = "Cannot read properties of undefined (reading 'percent')"

    /// Issue 1: what issue 2 is, two months ago; solved, and a comment says how.
    private func unknownVoucher() throws -> Sample {
        let then = "Log slow queries"
        let frames =
            Self.express + [
                try Self.web("lib/routes/cart.js", "setVoucher", at: "total(req.session.cart) });", when: then),
                try Self.web("lib/cart.js", "total", at: "- discount(cart)", when: then),
                try Self.web("lib/cart.js", "discount", at: "voucher.percent", when: then),
            ]
        let event = web(
            1, daysAgo: 55.4, "PUT /cart/voucher", [Exception(type: "TypeError", value: Self.percent, frames: frames)],
            release: "2.2.1")
        return Sample(
            id: 1, project: "shop-web", status: .resolved, events: [event], count: 38, firstSeen: ago(days: 60.5))
    }

    /// Issue 2: one commit of three days ago changed exactly the line of the crash.
    private func endedVoucher() throws -> Sample {
        let frames =
            Self.express + [
                try Self.web("lib/routes/cart.js", "showCart", at: "cart.total(current)"),
                try Self.web("lib/cart.js", "total", at: "- discount(cart)"),
                try Self.web("lib/cart.js", "discount", at: "offers.cached("),
            ]
        let events = (0..<4).map { number in
            web(
                2, number, daysAgo: [0.9, 0.4, 0.1, 0.004][number], "GET /cart",
                [Exception(type: "TypeError", value: Self.percent, frames: frames)],
                breadcrumbs: [
                    ("http", "GET /products/8841 200"),
                    ("auth", "signed in as \(Self.secrets[4]) password=\(Self.secrets[2])"),
                    ("http", "PUT /cart/voucher 200"), ("console", "voucher SPRING10 ended yesterday"),
                ],
                request: Event.Request(
                    method: "GET", url: "https://shop.example/cart",
                    headers: [
                        Tag(key: "Accept", value: "application/json"),
                        Tag(key: "Authorization", value: "Bearer \(Self.secrets[0])"),
                        Tag(key: "Cookie", value: "session=\(Self.secrets[1])"),
                    ], query: [Tag(key: "token", value: Self.secrets[3])]))
        }
        return Sample(id: 2, project: "shop-web", events: events, count: 212, firstSeen: ago(days: 2.6))
    }

    /// Issue 3: three people changed what is around the line of the crash; nothing says who of them.
    private func slowWarehouse() throws -> Sample {
        let frames = [
            try Self.web("lib/routes/checkout.js", "placeOrder", at: "await checkout("),
            try Self.web("lib/checkout.js", "checkout", at: "await inventory.reserve("),
            try Self.web("lib/inventory.js", "async Promise.all (index 2)", at: "await Promise.all("),
            try Self.web("lib/inventory.js", "async reserveOne", at: "throw new StockError(`warehouse"),
        ]
        let exception = Exception(type: "StockError", value: "warehouse took longer than 5000 ms", frames: frames)
        let events = (0..<2).map { web(3, $0, daysAgo: [1.3, 0.2][$0], "POST /checkout", [exception]) }
        return Sample(id: 3, project: "shop-web", events: events, count: 17, firstSeen: ago(days: 2.5))
    }

    /// Issue 4: HEAD has the line changed already, the release that runs has not.
    private func missingCurrency() throws -> Sample {
        let exception = Exception(
            type: "TypeError", value: "Currency code is required with currency style.",
            frames: Self.express + [
                Frame(
                    filename: "<anonymous>", absolutePath: "<anonymous>", function: "new NumberFormat",
                    isInApp: false),
                try Self.web("lib/prices.js", "format", at: "new Intl.NumberFormat("),
            ])
        return Sample(
            id: 4, project: "shop-web", events: [web(4, daysAgo: 0.3, "GET /products/:id", [exception])], count: 64,
            firstSeen: ago(days: 2.4))
    }

    /// Issue 5: a log line; its stack trace is only text.
    private func refusedMail() -> Sample {
        let message = """
            Order mail could not be sent: Error: connect ECONNREFUSED 10.0.4.17:587
                at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)
                at SMTPConnection._onError (/srv/shop/node_modules/nodemailer/lib/smtp-connection/index.js:810:20)
                at async Object.confirm (/srv/shop/lib/mailer.js:8:3)
                at async checkout (/srv/shop/lib/checkout.js:11:3)
            """
        let event = Event(
            id: StandInGlitchTip.eventID(5, 1), date: ago(days: 0.7),
            title: "Order mail could not be sent: Error: connect ECONNREFUSED 10.0.4.17:587", message: message,
            platform: "node", transaction: "POST /checkout", tags: Self.tags(release: "shop-web@2.3.1", number: 5))
        return Sample(id: 5, project: "shop-web", events: [event], count: 9, firstSeen: ago(days: 0.9))
    }

    /// Issue 8: the worst of them.
    private func fullDatabase() throws -> Sample {
        let exception = Exception(
            type: "error", value: "remaining connection slots are reserved for roles with the SUPERUSER attribute",
            frames: [
                Self.library("pg/lib/parser.js", "Parser.parseErrorMessage", 283),
                try Self.web("lib/routes/products.js", "async <anonymous>", at: "await products.byId("),
                try Self.web("lib/products.js", "async byId", at: "where id = $1"),
                try Self.web("lib/db.js", "async query", at: "await pool.query("),
            ])
        return Sample(
            id: 8, project: "shop-web", level: .fatal,
            events: [web(8, daysAgo: 0.05, "GET /products/:id", [exception])],
            count: 3, firstSeen: ago(days: 0.06))
    }

    /// Issue 11: somebody decided that it does not matter.
    private func negativePage() throws -> Sample {
        let exception = Exception(
            type: "error", value: "OFFSET must not be negative",
            frames: Self.express + [
                try Self.web("lib/routes/products.js", "async <anonymous>", at: "await search.byName("),
                try Self.web("lib/search.js", "async byName", at: "await db.query("),
            ])
        return Sample(
            id: 11, project: "shop-web", level: .warning, status: .ignored,
            events: [web(11, daysAgo: 1.9, "GET /products/search", [exception])], count: 51, firstSeen: ago(days: 44))
    }

    /// Issue 12: from a browser, where paths are addresses.
    private func lostBadge() -> Sample {
        let event = Event(
            id: StandInGlitchTip.eventID(12, 1), date: ago(days: 0.5), title: "TypeError: Failed to fetch",
            platform: "javascript", transaction: "/cart",
            exceptions: [
                Exception(
                    type: "TypeError", value: "Failed to fetch",
                    frames: [
                        Frame(
                            filename: "/js/badge.js", absolutePath: "https://shop.example/js/badge.js?v=231",
                            function: "refresh", line: 4, column: 26, isInApp: true,
                            contextLine: "  const response = await fetch('/cart');")
                    ])
            ],
            request: Event.Request(method: nil, url: "https://shop.example/cart"),
            tags: Self.tags(release: "shop-web@2.3.1", number: 12))
        return Sample(
            id: 12, project: "shop-web", level: .warning, events: [event], count: 6, firstSeen: ago(days: 1.2))
    }

    private func web(
        _ issue: Int, _ number: Int = 0, daysAgo days: Double, _ transaction: String, _ exceptions: [Exception],
        release: String = "2.3.1", breadcrumbs: [(String, String)] = [], request: Event.Request? = nil
    ) -> Event {
        let last = exceptions.last.map { "\($0.type): \($0.value)" } ?? ""
        let steps = breadcrumbs.enumerated().map { index, step in
            Event.Breadcrumb(
                date: ago(days: days).addingTimeInterval(Double(index - breadcrumbs.count) * 3), category: step.0,
                message: step.1, level: "info")
        }
        return Event(
            id: StandInGlitchTip.eventID(issue, number + 1), date: ago(days: days), title: last, platform: "node",
            transaction: transaction, exceptions: exceptions, breadcrumbs: steps, request: request,
            tags: Self.tags(release: "shop-web@\(release)", number: issue + number),
            extra: request == nil ? [:] : ["card": "\"\(Self.secrets[5])\""])
    }
}
