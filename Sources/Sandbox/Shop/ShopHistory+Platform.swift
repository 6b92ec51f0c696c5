extension ShopHistory {
    /// The repository that `billing-api` shares with another service: Python.
    static let platform = SampleHistory(commits: [
        .init(
            120, .grace, "Start the platform", .write("README.md", "# platform\n\nThe services behind the shop.\n"),
            .write("services/search/search/index.py", PlatformFiles.searchIndex)),
        .init(
            112, .grace, "Add billing", .write("services/billing/billing/__init__.py", ""),
            .write("services/billing/billing/invoice.py", PlatformFiles.invoice),
            .write("services/billing/billing/rates.py", PlatformFiles.rates)),
        .init(101, .bob, "Render invoices", .write("services/billing/billing/render.py", PlatformFiles.render)),
        .init(90, .ada, "Charge every night", .write("services/billing/billing/jobs.py", PlatformFiles.jobs)),
        .init(
            63, .bob, "Index new products first",
            .replace("services/search/search/index.py", "order by id", with: "order by created desc")),
        .init(
            38, .grace, "Release billing 1.4.0", tag: "billing-api-v1.4.0",
            .write("services/billing/VERSION", "1.4.0\n")),
        .init(
            11, .ada, "Add the Swiss tax rates",
            .replace(
                "services/billing/billing/rates.py", "    \"AT\": 20,\n", with: "    \"AT\": 20,\n    \"CH\": 8,\n")),
        .init(
            4, .bob, "Look rates up by the customer's country",
            .replace(
                "services/billing/billing/rates.py", "    return RATES.get(country, RATES[\"DE\"])\n",
                with: "    return RATES[country]\n")),
        .init(
            3.5, .grace, "Release billing 1.5.0", tag: "billing-api-v1.5.0",
            .replace("services/billing/VERSION", "1.4.0", with: "1.5.0")),
        .init(
            1, .ada, "Say how many invoices were written",
            .replace(
                "services/billing/billing/jobs.py", "    log.info(\"nightly run finished\")\n",
                with: "    log.info(\"nightly run finished: %d invoices\", len(orders))\n")),
    ])
}

/// The first version of each file of `platform`.
enum PlatformFiles {
    static let searchIndex = """
        def products(connection):
            with connection.cursor() as cursor:
                cursor.execute("select id, name from products order by id")
                return cursor.fetchall()
        """

    static let rates = """
        \"\"\"Tax rates by country, in percent.\"\"\"

        RATES = {
            "DE": 19,
            "AT": 20,
            "NL": 21,
        }


        def rate_for(country):
            return RATES.get(country, RATES["DE"])
        """

    static let invoice = """
        from dataclasses import dataclass

        from billing.rates import rate_for


        class InvoiceError(Exception):
            pass


        @dataclass
        class Invoice:
            number: str
            net: int
            tax: int

            @property
            def gross(self):
                return self.net + self.tax


        def create(order):
            net = sum(line["price"] * line["quantity"] for line in order["lines"])
            try:
                rate = rate_for(order["country"])
            except KeyError as error:
                raise InvoiceError(f"no invoice for order {order['id']}") from error
            return Invoice(number=f"INV-{order['id']}", net=net, tax=round(net * rate / 100))
        """

    static let render = """
        def as_text(invoice):
            return f"{invoice.number}: {invoice.net / 100:.2f} + {invoice.tax / 100:.2f} tax"
        """

    static let jobs = """
        import logging

        from billing import invoice, render

        log = logging.getLogger("billing.jobs")


        def nightly(orders, mail):
            for order in orders:
                mail(order["email"], render.as_text(invoice.create(order)))
            log.info("nightly run finished")
        """
}
