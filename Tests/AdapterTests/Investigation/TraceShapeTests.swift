import Testing

@testable import Investigation

/// Shapes of traces that are easily misread: each as its runtime prints it.
@Suite struct TraceShapeTests {
    private func shape(_ text: String) -> [String] {
        TraceParser.exceptions(in: text).map { exception in
            let frames = exception.frames.map { "\($0.function ?? "-")@\($0.filename):\($0.line ?? 0)" }
            return "\(exception.type)|\(exception.value)|\(frames.joined(separator: " "))"
        }
    }

    @Test(arguments: [
        // Node: natives and indexes have no place, eval has two, packages have an @, Windows has a colon.
        (
            """
            ReferenceError: rate is not defined
                at eval (eval at run (/srv/app/rules.js:3:5), <anonymous>:1:1)
                at Array.map (<anonymous>)
                at async Promise.all (index 0)
                at new Cart (file:///srv/app/cart.mjs:9:2)
                at Module._compile (node:internal/modules/cjs/loader:1554:14)
                at main (C:\\shop\\main.js:1:2)
            """,
            [
                "ReferenceError|rate is not defined|main@C:\\shop\\main.js:1 Module._compile@node:internal/modules/cjs/loader:1554 "
                    + "Cart@file:///srv/app/cart.mjs:9 eval@/srv/app/rules.js:3"
            ]
        ),
        // Safari.
        (
            """
            total@https://cdn.example/@acme/shop/cart.js:31:9
            [native code]
            module code@https://shop.example/main.js:2:1
            """, ["||-@https://shop.example/main.js:2 total@https://cdn.example/@acme/shop/cart.js:31"]
        ),
        // Firefox.
        (
            """
            total@https://shop.example/cart.js:31:9
            promise callback*load@https://shop.example/main.js:7:3
            async*@https://shop.example/main.js:2:1
            """,
            [
                "||-@https://shop.example/main.js:2 load@https://shop.example/main.js:7 total@https://shop.example/cart.js:31"
            ]
        ),
        // Chrome.
        (
            """
            Uncaught TypeError: Cannot read properties of null (reading 'total')
                at HTMLButtonElement.onclick (https://shop.example/cart:31:9)
            """,
            [
                "TypeError|Cannot read properties of null (reading 'total')|HTMLButtonElement.onclick@https://shop.example/cart:31"
            ]
        ),
    ])
    func `JavaScript`(text: String, expected: [String]) { #expect(shape(text) == expected) }

    @Test func `Python's groups: the members are the causes`() {
        let text = """
              + Exception Group Traceback (most recent call last):
              |   File "/srv/app/jobs.py", line 9, in run
              |     raise ExceptionGroup("nightly", errors)
              | ExceptionGroup: nightly (2 sub-exceptions)
              +-+---------------- 1 ----------------
                | Traceback (most recent call last):
                |   File "/srv/app/cart.py", line 3, in total
                |     return prices[sku]
                |            ~~~~~~^^^^^
                | KeyError: 'A-1'
                +---------------- 2 ----------------
                | Traceback (most recent call last):
                |   File "/srv/app/mail.py", line 7, in send
                |     connect()
                | TimeoutError: timed out
                +------------------------------------
            """
        #expect(
            shape(text) == [
                "KeyError|'A-1'|total@/srv/app/cart.py:3", "TimeoutError|timed out|send@/srv/app/mail.py:7",
                "ExceptionGroup|nightly (2 sub-exceptions)|run@/srv/app/jobs.py:9",
            ])
    }

    @Test func `Python's recursion and a syntax error`() {
        let text = """
            Traceback (most recent call last):
              File "a.py", line 2, in f
                f()
              [Previous line repeated 996 more times]
              File "b.py", line 4
                x = = 1
                    ^
            SyntaxError: invalid syntax
            """
        #expect(shape(text) == ["SyntaxError|invalid syntax|f@a.py:2 -@b.py:4"])
    }

    @Test func `Java: what was suppressed has causes of its own, and causes may go in a circle`() {
        let text = """
            java.lang.IllegalStateException: checkout failed
            \tat com.shop.Checkout.run(Checkout.java:18) ~[shop.jar:2.3.1]
            \tat com.shop.CartKt$total$1.invokeSuspend(Cart.kt:31)
            \tSuppressed: java.io.IOException: close failed
            \t\tat com.shop.Pool.close(Pool.java:7)
            \tCaused by: java.net.SocketException: gone
            \t\tat com.shop.Pool.flush(Pool.java:9)
            \t\t... 2 more
            Caused by: java.lang.NullPointerException: cart is null
            \tat com.shop.Cart.total(Cart.java:31)
            \t... 1 more
            Caused by: [CIRCULAR REFERENCE: java.lang.IllegalStateException: checkout failed]
            """
        #expect(
            shape(text) == [
                "java.lang.NullPointerException|cart is null|total@Cart.java:31",
                "java.lang.IllegalStateException|checkout failed|invokeSuspend@Cart.kt:31 run@Checkout.java:18",
            ])
    }

    @Test func `Go, a panic that the server of http caught`() {
        let text = """
            2026/11/24 10:00:01 http: panic serving 10.0.0.7:4711: runtime error: index out of range [3] with length 3
            goroutine 7 [running]:
            net/http.(*conn).serve.func1()
            \t/usr/local/go/src/net/http/server.go:1903 +0xb0
            panic({0x6a0, 0xc0001})
            \t/usr/local/go/src/runtime/panic.go:785 +0x132
            example.com/shop/cart.Total(...)
            \t/srv/app/cart/cart.go:31
            created by net/http.(*Server).Serve in goroutine 1
            \t/usr/local/go/src/net/http/server.go:3360 +0x485
            """
        #expect(
            shape(text) == [
                "panic|runtime error: index out of range [3] with length 3|cart.Total@/srv/app/cart/cart.go:31"
            ])
    }

    @Test func `PHP: calls from inside keep their names apart, and Next is what came of it`() {
        let text = """
            PHP Fatal error:  Uncaught TypeError: no price in /srv/app/Cart.php:31
            Stack trace:
            #0 [internal function]: Shop\\Cart->price(NULL)
            #1 /srv/app/Cart.php(20): array_map(Object(Closure), Array)
            #2 /srv/app/index.php(5): Shop\\Cart->total()
            #3 {main}

            Next Shop\\CheckoutError: checkout failed in /srv/app/Checkout.php:18
            Stack trace:
            #0 /srv/app/index.php(5): Shop\\Checkout->run()
            #1 {main}
              thrown in /srv/app/Checkout.php on line 18
            """
        #expect(
            shape(text) == [
                "TypeError|no price|-@/srv/app/index.php:5 total@/srv/app/Cart.php:20 price@/srv/app/Cart.php:31",
                "Shop\\CheckoutError|checkout failed|-@/srv/app/index.php:5 run@/srv/app/Checkout.php:18",
            ])
    }

    @Test(arguments: [
        // A Laravel log: the place of the crash is in its first line only, and causes follow.
        (
            """
            [2026-11-24 10:00:00] production.ERROR: Attempt to read property "price" on null {"exception":"[object] (ErrorException(code: 0): Attempt to read property \\"price\\" on null at /var/www/html/app/Cart.php:7)
            [stacktrace]
            #0 /var/www/html/app/Cart.php(11): App\\\\Cart->total()
            #1 /var/www/html/routes/web.php(5): App\\\\Cart->checkout()
            #2 {main}
            "}
            """,
            [
                "ErrorException|Attempt to read property \"price\" on null|-@/var/www/html/routes/web.php:5 "
                    + "checkout@/var/www/html/app/Cart.php:11 total@/var/www/html/app/Cart.php:7"
            ]
        ),
        (
            """
            [2026-11-24 10:00:00] production.ERROR: no offer {"exception":"[object] (App\\\\NoOffer(code: 3): no offer at all at /srv/app/Checkout.php:18)
            [stacktrace]
            #0 /srv/app/index.php(5): App\\\\Checkout->run()
            #1 {main}

            [previous exception] [object] (TypeError(code: 0): no price at /srv/app/Cart.php:31)
            [stacktrace]
            #0 /srv/app/Checkout.php(17): App\\\\Cart->total()
            #1 /srv/app/index.php(5): App\\\\Checkout->run()
            #2 {main}
            "}
            """,
            [
                "TypeError|no price|-@/srv/app/index.php:5 run@/srv/app/Checkout.php:17 total@/srv/app/Cart.php:31",
                "App\\NoOffer|no offer at all|-@/srv/app/index.php:5 run@/srv/app/Checkout.php:18",
            ]
        ),
        // A message that names a place of its own.
        (
            """
            PHP Fatal error:  Uncaught TypeError: total(): Argument #1 ($cart) must be of type Cart, null given, called in /srv/app/index.php on line 5 and defined in /srv/app/Cart.php:31
            Stack trace:
            #0 /srv/app/index.php(5): total(NULL)
            #1 {main}
            """,
            [
                "TypeError|total(): Argument #1 ($cart) must be of type Cart, null given, called in /srv/app/index.php on "
                    + "line 5 and defined|-@/srv/app/index.php:5 total@/srv/app/Cart.php:31"
            ]
        ),
    ])
    func `PHP: where it was thrown is said last`(text: String, expected: [String]) { #expect(shape(text) == expected) }

    @Test(arguments: [
        // Newest first, as into a file: what was rescued comes behind what came of it.
        (
            """
            /srv/app/lib/cart.rb:9:in 'Cart#checkout': cannot check out (CheckoutError)
            \tfrom /srv/app/bin/run.rb:4:in '<main>'
            /srv/app/lib/cart.rb:3:in 'Hash#fetch': key not found: :net (KeyError)
            \tfrom /srv/app/lib/cart.rb:7:in 'Cart#checkout'
            \tfrom /srv/app/bin/run.rb:4:in '<main>'
            """,
            [
                "KeyError|key not found: :net|<main>@/srv/app/bin/run.rb:4 Cart#checkout@/srv/app/lib/cart.rb:7 "
                    + "Hash#fetch@/srv/app/lib/cart.rb:3",
                "CheckoutError|cannot check out|<main>@/srv/app/bin/run.rb:4 Cart#checkout@/srv/app/lib/cart.rb:9",
            ]
        ),
        // The quotes before 3.4, a message of two lines, and a cause of the cause.
        (
            """
            cart.rb:9:in `rescue in checkout': cannot check out (CheckoutError)
            Did you mean: checkin
            \tfrom cart.rb:6:in `checkout'
            cart.rb:3:in `fetch': no price (KeyError)
            \tfrom cart.rb:3:in `total'
            \t ... 2 levels...
            db.rb:5:in `read': gone (IOError)
            """,
            [
                "IOError|gone|read@db.rb:5", "KeyError|no price|total@cart.rb:3 fetch@cart.rb:3",
                "CheckoutError|cannot check out|checkout@cart.rb:6 checkout@cart.rb:9",
            ]
        ),
        // Oldest first, as Ruby 2.5 to 2.7 prints into a terminal.
        (
            """
            Traceback (most recent call last):
            \t2: from bin/shop:3:in `<main>'
            \t1: from lib/checkout.rb:8:in `run'
            lib/cart.rb:31:in `total': no price (KeyError)
            """,
            ["KeyError|no price|<main>@bin/shop:3 run@lib/checkout.rb:8 total@lib/cart.rb:31"]
        ),
        (
            """
            Traceback (most recent call last):
            \t2: from bin/run.rb:4:in `<main>'
            \t1: from cart.rb:7:in `checkout'
            cart.rb:3:in `fetch': key not found: :net (KeyError)
            \t2: from bin/run.rb:4:in `<main>'
            \t1: from cart.rb:6:in `checkout'
            cart.rb:9:in `rescue in checkout': cannot check out (CheckoutError)
            """,
            [
                "KeyError|key not found: :net|<main>@bin/run.rb:4 checkout@cart.rb:7 fetch@cart.rb:3",
                "CheckoutError|cannot check out|<main>@bin/run.rb:4 checkout@cart.rb:6 checkout@cart.rb:9",
            ]
        ),
    ])
    func `Ruby: the root cause comes first`(text: String, expected: [String]) { #expect(shape(text) == expected) }

    @Test func `Ruby on Rails' log`() {
        let text = """
            NoMethodError (undefined method 'price' for nil):

            app/models/cart.rb:31:in 'Cart#total'
            app/controllers/carts_controller.rb:8:in 'CartsController#show'
            """
        #expect(
            shape(text) == [
                "NoMethodError|undefined method 'price' for nil|CartsController#show@app/controllers/carts_controller.rb:8 "
                    + "Cart#total@app/models/cart.rb:31"
            ])
    }

    @Test(arguments: [
        (
            """
            terminate called after throwing an instance of 'std::out_of_range'
              what():  vector::_M_range_check: __n (which is 3) >= this->size() (which is 3)
            #0  0x00007f in raise () from /lib/libc.so.6
            #1  0x00005f in shop::(anonymous namespace)::total (id=3) at src/cart.cpp:31
            """,
            "std::out_of_range|vector::_M_range_check: __n (which is 3) >= this->size() (which is 3)|"
                + "shop::(anonymous namespace)::total@src/cart.cpp:31 raise@:0"
        ),
        (
            """
            ==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0
                #0 0x4f2 in (anonymous namespace)::total(int) /build/src/cart.cpp:31:9
            """, "AddressSanitizer|SEGV on unknown address 0x0|total@/build/src/cart.cpp:31"
        ),
        (
            """
            *** stack smashing detected ***: terminated
            /usr/bin/shop(cart_total+0x28) [0x7f00]
            """, "stack smashing detected|stack smashing detected|cart_total@:0"
        ),
    ])
    func `C++`(text: String, expected: String) { #expect(shape(text) == [expected]) }

    @Test func `.NET, awaited calls are one stack`() {
        let text = """
            System.InvalidOperationException: no cart
               at Shop.Cart.TotalAsync() in /src/Cart.cs:line 31
            --- End of stack trace from previous location ---
               at Shop.Checkout.<Run>d__3.MoveNext() in /src/Checkout.cs:line 18
            """
        #expect(
            shape(text) == [
                "System.InvalidOperationException|no cart|MoveNext@/src/Checkout.cs:18 TotalAsync@/src/Cart.cs:31"
            ])
    }

    @Test func `a trace of a megabyte is read in parts, with its beginning`() {
        let frame = "    at f (/srv/app/lib/deep.js:3:1)\n"
        let text = "RangeError: deep\n" + String(repeating: frame, count: (1 << 20) / frame.utf8.count)
        #expect(TraceParser.exceptions(in: text).first?.type == "RangeError")
        let long = "RangeError: " + String(repeating: "x", count: 1 << 20) + "\n" + frame
        #expect(TraceParser.exceptions(in: long) == [])
    }
}
