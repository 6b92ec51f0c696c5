/// The first version of each file of `shop-web`.
enum ShopFiles {
    static let readme = """
        # shop-web

        The web shop: products, cart, checkout.

        ## Running

            npm install
            npm start

        Settings come from the environment: `PORT`, `DATABASE_URL`, `WAREHOUSE_URL`, `PAYMENTS_URL`, `SMTP_HOST`.
        """

    static let package = """
        {
          "name": "shop-web",
          "version": "2.2.4",
          "private": true,
          "main": "server.js",
          "scripts": {
            "start": "node server.js",
            "test": "node --test"
          },
          "dependencies": {
            "@sentry/node": "^8.55.0",
            "express": "^4.21.2",
            "nodemailer": "^6.9.16",
            "pg": "^8.13.1"
          },
          "engines": { "node": ">=20" }
        }
        """

    static let server = """
        'use strict';

        const app = require('./lib/app');
        const log = require('./lib/log');

        const port = Number(process.env.PORT) || 3000;

        app.listen(port, () => log.info('listening', { port }));
        """

    static let app = """
        'use strict';

        const Sentry = require('@sentry/node');
        const express = require('express');
        const log = require('./log');

        Sentry.init({ dsn: process.env.SENTRY_DSN, release: process.env.RELEASE });

        const app = express();

        app.use(express.json());
        app.use(express.static('public'));
        app.use('/products', require('./routes/products'));
        app.use('/cart', require('./routes/cart'));
        app.use('/checkout', require('./routes/checkout'));

        Sentry.setupExpressErrorHandler(app);
        app.use((error, req, res, next) => {
          log.error(error.message, { path: req.path });
          res.status(500).json({ error: 'Something went wrong.' });
        });

        module.exports = app;
        """

    static let log = """
        'use strict';

        function write(level, message, fields = {}) {
          process.stdout.write(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }) + '\\n');
        }

        module.exports = {
          info: (message, fields) => write('info', message, fields),
          warn: (message, fields) => write('warn', message, fields),
          error: (message, fields) => write('error', message, fields),
        };
        """

    static let database = """
        'use strict';

        const { Pool } = require('pg');
        const log = require('./log');

        const pool = new Pool();

        pool.on('error', (error) => log.error('idle client failed', { message: error.message }));

        async function query(sql, values = []) {
          return pool.query(sql, values);
        }

        /** Runs the body in a transaction and gives it the client. */
        async function transaction(body) {
          const client = await pool.connect();
          try {
            await client.query('begin');
            const result = await body(client);
            await client.query('commit');
            return result;
          } catch (error) {
            await client.query('rollback');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { query, transaction };
        """

    static let products = """
        'use strict';

        const db = require('./db');

        async function byId(id) {
          const { rows } = await db.query('select * from products where id = $1', [id]);
          return rows[0];
        }

        async function newest(limit = 24) {
          const { rows } = await db.query('select * from products order by created desc limit $1', [limit]);
          return rows;
        }

        module.exports = { byId, newest };
        """

    static let productRoutes = """
        'use strict';

        const express = require('express');
        const products = require('../products');

        const router = express.Router();

        router.get('/', async (req, res) => {
          res.json(await products.newest());
        });

        router.get('/:id(\\\\d+)', async (req, res) => {
          const product = await products.byId(req.params.id);
          if (!product) return res.status(404).json({ error: 'No such product.' });
          res.json(product);
        });

        module.exports = router;
        """

    static let prices = """
        'use strict';

        /** What one piece costs, in cents. */
        function priceOf(item) {
          return item.offer ? item.offer.price : item.price;
        }

        /** The tax that is contained in an amount. */
        function tax(amount, rate = 19) {
          return Math.floor((amount * rate) / 100);
        }

        function format(amount) {
          return (amount / 100).toFixed(2) + ' €';
        }

        module.exports = { priceOf, tax, format };
        """

    static let pricesTest = """
        'use strict';

        const assert = require('node:assert');
        const test = require('node:test');
        const { priceOf } = require('../lib/prices');

        test('the list price without an offer', () => {
          assert.strictEqual(priceOf({ price: 1990 }), 1990);
        });
        """

    static let cart = """
        'use strict';

        const { priceOf } = require('./prices');

        const FREE_SHIPPING_FROM = 5000;
        const SHIPPING_FEE = 490;

        /** What the items cost together, in cents. */
        function subtotal(cart) {
          let sum = 0;
          for (const item of cart.items) {
            sum += priceOf(item) * item.quantity;
          }
          return sum;
        }

        function shipping(cart) {
          return subtotal(cart) >= FREE_SHIPPING_FROM ? 0 : SHIPPING_FEE;
        }

        function total(cart) {
          return subtotal(cart) + shipping(cart);
        }

        module.exports = { subtotal, shipping, total };
        """

    static let cartTest = """
        'use strict';

        const assert = require('node:assert');
        const test = require('node:test');
        const cart = require('../lib/cart');

        const book = { price: 1990, quantity: 2 };

        test('adds up', () => {
          assert.strictEqual(cart.subtotal({ items: [book] }), 3980);
        });

        test('ships free from 50 euros', () => {
          assert.strictEqual(cart.shipping({ items: [book, book] }), 0);
        });
        """

    static let cartRoutes = """
        'use strict';

        const express = require('express');
        const cart = require('../cart');
        const products = require('../products');

        const router = express.Router();

        router.get('/', function showCart(req, res) {
          const current = req.session.cart;
          res.json({ items: current.items, total: cart.total(current) });
        });

        router.post('/items', async function addItem(req, res) {
          const product = await products.byId(req.body.product);
          if (!product) return res.status(404).json({ error: 'No such product.' });
          req.session.cart.items.push({ ...product, quantity: Number(req.body.quantity) || 1 });
          res.status(201).json({ total: cart.total(req.session.cart) });
        });

        router.put('/voucher', function setVoucher(req, res) {
          req.session.cart.voucher = String(req.body.code);
          res.json({ total: cart.total(req.session.cart) });
        });

        module.exports = router;
        """

    static let session = """
        'use strict';

        const crypto = require('node:crypto');

        const secret = process.env.SESSION_SECRET || crypto.randomBytes(32).toString('hex');

        function sign(value) {
          return crypto.createHmac('sha256', secret).update(value).digest('base64url');
        }

        function read(header = '') {
          const match = /(?:^|; )session=([^;.]+)\\.([^;]+)/.exec(header);
          if (!match || sign(match[1]) !== match[2]) return null;
          return JSON.parse(Buffer.from(match[1], 'base64url').toString());
        }

        function middleware() {
          return (req, res, next) => {
            req.session = read(req.headers.cookie) || { cart: { items: [], country: 'DE' } };
            res.on('finish', () => {});
            next();
          };
        }

        module.exports = { middleware, read, sign };
        """

    static let inventory = """
        'use strict';

        const warehouse = require('./warehouse');

        const TIMEOUT = 2000;

        class StockError extends Error {}

        async function reserveOne(item, deadline) {
          const answer = await warehouse.reserve(item.sku, item.quantity);
          if (Date.now() > deadline) throw new StockError(`warehouse took longer than ${TIMEOUT} ms`);
          if (!answer.ok) throw new StockError(`${item.sku} is out of stock`);
          return answer.reservation;
        }

        /** Reserves everything in a cart, or nothing. */
        async function reserve(items) {
          const deadline = Date.now() + TIMEOUT;
          for (const item of items) {
            await reserveOne(item, deadline);
          }
        }

        module.exports = { reserve, StockError };
        """

    static let warehouse = """
        'use strict';

        const BASE = process.env.WAREHOUSE_URL;

        async function reserve(sku, quantity) {
          const response = await fetch(`${BASE}/reservations`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ sku, quantity }),
          });
          return response.json();
        }

        module.exports = { reserve };
        """

    static let payments = """
        'use strict';

        const BASE = process.env.PAYMENTS_URL;

        /** Creates a payment of so many cents; the customer confirms it in the browser. */
        async function createIntent(amount, order) {
          const response = await fetch(`${BASE}/v1/intents`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': order },
            body: JSON.stringify({ amount, order }),
          });
          if (!response.ok) throw new Error(`payment provider answered ${response.status}`);
          return response.json();
        }

        module.exports = { createIntent };
        """

    static let checkout = """
        'use strict';

        const cart = require('./cart');
        const inventory = require('./inventory');
        const mailer = require('./mailer');
        const payments = require('./payments');

        async function checkout(current, order) {
          await inventory.reserve(current.items);
          const intent = await payments.createIntent(cart.total(current), order.id);
          await mailer.confirm(order);
          return intent;
        }

        module.exports = { checkout };
        """

    static let checkoutRoutes = """
        'use strict';

        const crypto = require('node:crypto');
        const express = require('express');
        const { checkout } = require('../checkout');

        const router = express.Router();

        router.post('/', async function placeOrder(req, res) {
          const order = { id: crypto.randomUUID(), email: req.body.email };
          res.status(201).json(await checkout(req.session.cart, order));
        });

        module.exports = router;
        """

    static let mailer = """
        'use strict';

        const nodemailer = require('nodemailer');

        const transport = nodemailer.createTransport({ host: process.env.SMTP_HOST, port: 587 });

        async function confirm(order) {
          await transport.sendMail({
            to: order.email,
            subject: `Your order ${order.id}`,
            text: `Thank you! Your order ${order.id} is on its way.`,
          });
        }

        module.exports = { confirm };
        """

    static let search = """
        'use strict';

        const db = require('./db');

        const PAGE = 24;

        async function byName(words, page) {
          const sql = 'select * from products where name ilike $1 order by name limit $2 offset $3';
          const { rows } = await db.query(sql, [`%${words}%`, PAGE, (page - 1) * PAGE]);
          return rows;
        }

        module.exports = { byName };
        """

    static let offers = """
        'use strict';

        const db = require('./db');

        const NONE = { code: '', percent: 0 };

        let vouchers = [];

        async function refresh() {
          const { rows } = await db.query('select * from vouchers order by code');
          vouchers = rows;
        }

        setInterval(refresh, 60_000).unref();

        /** A voucher by its code, also one that has ended. */
        function find(code) {
          return vouchers.find((voucher) => voucher.code === code.toUpperCase());
        }

        module.exports = { NONE, find };
        """

    static let badge = """
        const badge = document.querySelector('#cart-badge');

        async function refresh() {
          const response = await fetch('/cart');
          const cart = await response.json();
          badge.textContent = cart.items.length || '';
        }

        refresh();
        """

    static let dockerfile = """
        FROM node:20-slim
        WORKDIR /srv/shop
        COPY package*.json ./
        RUN npm ci --omit=dev
        COPY . .
        USER node
        CMD ["node", "server.js"]
        """

    static let shippingRates = """
        {
          "default": 990,
          "DE": 490,
          "AT": 690,
          "CH": 1290,
          "NL": 690
        }
        """
}
