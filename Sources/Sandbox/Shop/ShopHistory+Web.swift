/// The two histories of the sample shop.
enum ShopHistory {
    /// `shop-web`: a Node server. Issue 2 comes from “Read vouchers from the offer cache”, which is in v2.3.1.
    static let web = SampleHistory(commits: [
        .init(
            94, .ada, "Start the shop",
            .write("README.md", ShopFiles.readme), .write("package.json", ShopFiles.package),
            .write("server.js", ShopFiles.server), .write("lib/app.js", ShopFiles.app),
            .write("lib/log.js", ShopFiles.log), .write(".gitignore", "node_modules/\n.env\ncoverage/\n")),
        .init(
            93, .ada, "Show products", .write("lib/routes/products.js", ShopFiles.productRoutes),
            .write("lib/products.js", ShopFiles.products), .write("lib/db.js", ShopFiles.database)),
        .init(
            91, .grace, "Count money in cents", .write("lib/prices.js", ShopFiles.prices),
            .write("test/prices.test.js", ShopFiles.pricesTest)),
        .init(
            88, .grace, "Add the cart", .write("lib/cart.js", ShopFiles.cart),
            .write("lib/routes/cart.js", ShopFiles.cartRoutes), .write("test/cart.test.js", ShopFiles.cartTest)),
        .init(
            84, .bob, "Keep sessions in a signed cookie", .write("lib/session.js", ShopFiles.session),
            .replace(
                "lib/app.js", "const log = require('./log');\n",
                with: "const log = require('./log');\nconst session = require('./session');\n"),
            .replace(
                "lib/app.js", "app.use(express.json());\n",
                with: "app.use(express.json());\napp.use(session.middleware());\n")),
        .init(
            80, .ada, "Reserve stock before payment", .write("lib/inventory.js", ShopFiles.inventory),
            .write("lib/warehouse.js", ShopFiles.warehouse)),
        .init(
            77, .grace, "Take payments", .write("lib/payments.js", ShopFiles.payments),
            .write("lib/checkout.js", ShopFiles.checkout), .write("lib/routes/checkout.js", ShopFiles.checkoutRoutes)),
        .init(73, .bob, "Send the order confirmation", .write("lib/mailer.js", ShopFiles.mailer)),
        .init(
            70, .bob, "Search products by name", .write("lib/search.js", ShopFiles.search),
            .replace(
                "lib/routes/products.js", "module.exports = router;",
                with: """
                    router.get('/search', async (req, res) => {
                      res.json(await search.byName(req.query.q, Number(req.query.page) || 1));
                    });

                    module.exports = router;
                    """),
            .replace(
                "lib/routes/products.js", "const products = require('../products');\n",
                with: "const products = require('../products');\nconst search = require('../search');\n")),
        .init(
            66, .ada, "Describe how to run it",
            .replace("README.md", "## Running\n", with: "## Running\n\nNeeds Node 20 and PostgreSQL 15.\n")),
        .init(
            61, .grace, "Offer vouchers", .write("lib/offers.js", ShopFiles.offers),
            .replace(
                "lib/cart.js", "function total(cart) {\n  return subtotal(cart) + shipping(cart);\n}",
                with: """
                    function discount(cart) {
                      if (!cart.voucher) return 0;
                      const voucher = offers.find(cart.voucher);
                      return Math.round((subtotal(cart) * voucher.percent) / 100);
                    }

                    function total(cart) {
                      return subtotal(cart) - discount(cart) + shipping(cart);
                    }
                    """),
            .replace(
                "lib/cart.js", "module.exports = { subtotal, shipping, total };",
                with: "module.exports = { subtotal, shipping, discount, total };"),
            .replace(
                "lib/cart.js", "const { priceOf } = require('./prices');\n",
                with: "const { priceOf } = require('./prices');\nconst offers = require('./offers');\n")),
        .init(
            58, .bob, "Log slow queries",
            .replace(
                "lib/db.js", "  return pool.query(sql, values);\n",
                with: """
                      const started = Date.now();
                      const result = await pool.query(sql, values);
                      const took = Date.now() - started;
                      if (took > 200) log.warn('slow query', { sql, took });
                      return result;

                    """)),
        .init(
            55, .grace, "Take an unknown voucher for none",
            .replace(
                "lib/cart.js", "  const voucher = offers.find(cart.voucher);\n",
                with: "  const voucher = offers.find(cart.voucher) || offers.NONE;\n")),
        .init(
            52, .ravi, "Show the number of items in the badge", .write("public/js/badge.js", ShopFiles.badge)),
        .init(
            47, .ada, "Answer health checks",
            .replace(
                "lib/app.js", "app.use('/cart', require('./routes/cart'));\n",
                with: """
                    app.get('/healthz', (req, res) => res.json({ ok: true }));
                    app.use('/cart', require('./routes/cart'));

                    """)),
        .init(
            41, .grace, "Round taxes half up",
            .replace(
                "lib/prices.js", "  return Math.floor((amount * rate) / 100);\n",
                with: "  return Math.floor((amount * rate + 50) / 100);\n")),
        .init(
            36, .ravi, "Build an image", .write("Dockerfile", ShopFiles.dockerfile),
            .write(".dockerignore", "node_modules\ntest\n.git\n")),
        .init(
            31, .bob, "Ship to more countries", .write("config/shipping.json", ShopFiles.shippingRates),
            .replace(
                "lib/cart.js", "const SHIPPING_FEE = 490;\n",
                with: "const rates = require('../config/shipping.json');\n"),
            .replace(
                "lib/cart.js",
                "  return subtotal(cart) >= FREE_SHIPPING_FROM ? 0 : SHIPPING_FEE;\n",
                with: """
                      if (subtotal(cart) >= FREE_SHIPPING_FROM) return 0;
                      return rates[cart.country] ?? rates.default;

                    """)),
        .init(
            27, .grace, "Use the list price when an offer has ended",
            .replace(
                "lib/prices.js", "  return item.offer ? item.offer.price : item.price;\n",
                with: """
                      const offer = item.offer && item.offer.endsAt > Date.now() ? item.offer : null;
                      return offer ? offer.price : item.price;

                    """)),
        .init(
            24, .ada, "Release 2.3.0", tag: "v2.3.0",
            .replace("package.json", "\"version\": \"2.2.4\"", with: "\"version\": \"2.3.0\"")),
        .init(
            20, .bob, "Keep one pool for all queries",
            .replace(
                "lib/db.js", "const pool = new Pool();\n",
                with: "const pool = new Pool({ max: Number(process.env.DB_POOL) || 10 });\n")),
        .init(
            16, .ravi, "Show prices in the shop's currency",
            .replace(
                "lib/prices.js",
                "function format(amount) {\n  return (amount / 100).toFixed(2) + ' €';\n}",
                with: """
                    function format(amount, shop) {
                      return new Intl.NumberFormat(shop.locale, { style: 'currency', currency: shop.currency }).format(amount / 100);
                    }
                    """)),
        .init(
            12, .bob, "Reserve several items at once",
            .replace(
                "lib/inventory.js",
                """
                  for (const item of items) {
                    await reserveOne(item, deadline);
                  }

                """,
                with: """
                      await Promise.all(items.map((item) => reserveOne(item, deadline)));

                    """)),
        .init(
            9, .grace, "Wait longer for the warehouse",
            .replace("lib/inventory.js", "const TIMEOUT = 2000;", with: "const TIMEOUT = 5000;")),
        .init(
            7, .ada, "Retry a reservation that was refused",
            .replace(
                "lib/inventory.js",
                """
                  const answer = await warehouse.reserve(item.sku, item.quantity);

                """,
                with: """
                      let answer = await warehouse.reserve(item.sku, item.quantity);
                      while (answer.busy && Date.now() < deadline) {
                        answer = await warehouse.reserve(item.sku, item.quantity);
                      }

                    """)),
        .init(
            5, .bob, "Say in the mail when the parcel comes",
            .replace(
                "lib/mailer.js", "    text: `Thank you! Your order ${order.id} is on its way.`,\n",
                with: "    text: `Thank you! Your order ${order.id} comes on ${order.arrival}.`,\n")),
        .init(
            3, .ravi, "Read vouchers from the offer cache",
            .replace(
                "lib/cart.js",
                """
                  const voucher = offers.find(cart.voucher) || offers.NONE;
                  return Math.round((subtotal(cart) * voucher.percent) / 100);

                """,
                with: """
                      return Math.round((subtotal(cart) * offers.cached(cart.voucher).percent) / 100);

                    """),
            .replace(
                "lib/offers.js", "module.exports = { NONE, find };",
                with: """
                    /** The same without a search: only what is valid now is in the cache. */
                    function cached(code) {
                      return cache.get(code.toUpperCase());
                    }

                    module.exports = { NONE, find, cached };
                    """),
            .replace(
                "lib/offers.js", "let vouchers = [];\n",
                with: "const cache = new Map();\nlet vouchers = [];\n"),
            .replace(
                "lib/offers.js", "  vouchers = rows;\n",
                with: """
                      vouchers = rows;
                      cache.clear();
                      for (const voucher of rows) {
                        if (voucher.ends_at > new Date()) cache.set(voucher.code, voucher);
                      }

                    """)),
        .init(
            2.8, .grace, "Release 2.3.1", tag: "v2.3.1",
            .replace("package.json", "\"version\": \"2.3.0\"", with: "\"version\": \"2.3.1\"")),
        .init(
            2.1, .grace, "Fall back to euros when a shop has no currency",
            .replace(
                "lib/prices.js", "currency: shop.currency }).format", with: "currency: shop.currency || 'EUR' }).format"
            )),
        .init(
            1.6, .bob, "Explain the voucher table",
            .replace(
                "README.md", "## Running\n", with: "## Vouchers\n\nThey live in the table `vouchers`.\n\n## Running\n")),
        .init(
            1.1, .ada, "Keep the badge in step with other tabs",
            .replace(
                "public/js/badge.js", "refresh();\n",
                with: "refresh();\nwindow.addEventListener('storage', refresh);\n")),
        .init(
            0.4, .bob, "Sort search results by sales",
            .replace("lib/search.js", "order by name", with: "order by sales desc, name")),
    ])
}
