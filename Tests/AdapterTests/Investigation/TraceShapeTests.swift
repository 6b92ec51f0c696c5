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
