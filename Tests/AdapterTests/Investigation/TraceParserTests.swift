import Domain
import Testing

@testable import Investigation

/// Traces as people paste them and as runtimes print them.
@Suite struct TraceParserTests {
    private func shape(_ text: String) -> [String] {
        TraceParser.exceptions(in: text).map { exception in
            let frames = exception.frames.map { "\($0.function ?? "-")@\($0.filename):\($0.line ?? 0)" }
            return "\(exception.type)|\(exception.value)|\(frames.joined(separator: " "))"
        }
    }

    @Test func `Python, with a cause first`() {
        let text = """
            2026-11-24 10:00:01 ERROR checkout failed
            Traceback (most recent call last):
              File "/srv/app/shop/cart.py", line 12, in price
                return prices[sku]
            KeyError: 'A-1'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/srv/app/shop/views.py", line 40, in checkout
                total(cart)
              File "/srv/app/shop/cart.py", line 31, in total
                raise PriceMissing(sku) from error
                      ^^^^^^^^^^^^^^^^^
            shop.errors.PriceMissing: no price for A-1
            """
        #expect(
            shape(text) == [
                "KeyError|'A-1'|price@/srv/app/shop/cart.py:12",
                "shop.errors.PriceMissing|no price for A-1|"
                    + "checkout@/srv/app/shop/views.py:40 total@/srv/app/shop/cart.py:31",
            ])
        #expect(TraceParser.exceptions(in: text).first?.frames.first?.contextLine == "return prices[sku]")
    }

    @Test func `Node, newest first, with a cause`() {
        let text = """
            TypeError: cart is undefined
                at async Cart.total (/srv/app/lib/cart.js:31:9)
                at /srv/app/server.js:7:3
                at node:internal/process/task_queues:95:5 {
              [cause]: Error: gone
                  at load (file:///srv/app/lib/db.mjs:5:11)
            }
            """
        #expect(
            shape(text) == [
                "Error|gone|load@file:///srv/app/lib/db.mjs:5",
                "TypeError|cart is undefined|-@node:internal/process/task_queues:95 -@/srv/app/server.js:7 "
                    + "Cart.total@/srv/app/lib/cart.js:31",
            ])
    }

    @Test func `Node, one frame and a cause that leads back`() {
        let text = """
            <ref *1> Error: no price
                at Cart.total (/srv/app/lib/cart.js:31:9) {
              code: 'E_PRICE',
              [cause]: TypeError: offer is null
                  at load (/srv/app/lib/offers.js:5:11) {
                [cause]: [Circular *1]
              }
            }
            """
        #expect(
            shape(text) == [
                "TypeError|offer is null|load@/srv/app/lib/offers.js:5",
                "Error|no price|Cart.total@/srv/app/lib/cart.js:31",
            ])
    }

    @Test func `Firefox and Safari`() {
        let text = """
            total@https://shop.example/static/cart.js?v=3:31:9
            @https://shop.example/static/main.js:2:1
            """
        #expect(
            shape(text) == [
                "||-@https://shop.example/static/main.js:2 total@https://shop.example/static/cart.js?v=3:31"
            ])
    }

    @Test func `Java, the cause is printed last`() {
        let text = """
            Exception in thread "main" java.lang.IllegalStateException: checkout failed
            \tat com.shop.Checkout.run(Checkout.java:18)
            \tat java.base/java.lang.Thread.run(Thread.java:833)
            Caused by: java.lang.NullPointerException: cart is null
            \tat com.shop.Cart$Item.total(Cart.java:31)
            \t... 1 more
            """
        #expect(
            shape(text) == [
                "java.lang.NullPointerException|cart is null|total@Cart.java:31",
                "java.lang.IllegalStateException|checkout failed|run@Thread.java:833 run@Checkout.java:18",
            ])
        #expect(TraceParser.exceptions(in: text).first?.frames.first?.module == "com.shop.Cart$Item")
    }

    @Test func `.NET, with an inner exception`() {
        let text = """
            Unhandled exception. System.InvalidOperationException: checkout failed ---> System.NullReferenceException: no cart
               at Shop.Cart.Total(Int32 id) in /src/Shop/Cart.cs:line 31
               --- End of inner exception stack trace ---
               at Shop.Checkout.Run() in C:\\src\\Shop\\Checkout.cs:line 18
               at System.Threading.Tasks.Task.Execute()
            """
        #expect(
            shape(text) == [
                "System.NullReferenceException|no cart|Total@/src/Shop/Cart.cs:31",
                "System.InvalidOperationException|checkout failed|Run@C:\\src\\Shop\\Checkout.cs:18",
            ])
    }

    @Test func `Go, only the goroutine that panicked`() {
        let text = """
            panic: runtime error: index out of range [3] with length 3

            goroutine 1 [running]:
            panic({0x45a0, 0x1})
            \t/usr/local/go/src/runtime/panic.go:884 +0x212
            example.com/shop/cart.(*Cart).Total(0xc00001)
            \t/srv/app/cart/cart.go:31 +0x1d
            main.main()
            \t/srv/app/main.go:9 +0x1a

            goroutine 7 [select]:
            main.watch()
            \t/srv/app/watch.go:4 +0x1a
            """
        #expect(
            shape(text) == [
                "panic|runtime error: index out of range [3] with length 3|"
                    + "main.main@/srv/app/main.go:9 cart.(*Cart).Total@/srv/app/cart/cart.go:31"
            ])
    }

    @Test func `Rust, without the machinery of panics`() {
        let text = """
            thread 'main' panicked at src/cart.rs:31:9:
            index out of bounds
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/abc/library/std/src/panicking.rs:652:5
               1: core::panicking::panic_fmt
                         at /rustc/abc/library/core/src/panicking.rs:72:14
               2: shop::cart::Cart::total
                         at ./src/cart.rs:31:9
               3: shop::main
                         at ./src/main.rs:7:5
            """
        #expect(
            shape(text) == [
                "panic|index out of bounds|shop::main@./src/main.rs:7 shop::cart::Cart::total@./src/cart.rs:31"
            ])
        #expect(shape("thread 'main' panicked at 'boom', src/cart.rs:31:9") == ["panic|boom|-@src/cart.rs:31"])
    }

    @Test func `Swift, with and without a backtrace`() {
        let text = """
            Shop/Cart.swift:31: Fatal error: Index out of range

            Thread 0 crashed:

            0 0x00007f01 _assertionFailure(_:_:file:line:flags:) + 225 in libswiftCore.so
            1 [ra] 0x00007f02 Cart.total(for:) + 28 in shop at /srv/app/Sources/Shop/Cart.swift:31:9
            2 [ra] 0x00007f03 static Main.main() + 12 in shop at /srv/app/Sources/Shop/Main.swift:7:5
            """
        #expect(
            shape(text) == [
                "Fatal error|Index out of range|static Main.main()@/srv/app/Sources/Shop/Main.swift:7 "
                    + "Cart.total(for:)@/srv/app/Sources/Shop/Cart.swift:31"
            ])
        #expect(
            shape("Fatal error: empty: file Shop/Cart.swift, line 31") == ["Fatal error|empty|-@Shop/Cart.swift:31"])
    }

    @Test func `Ruby, both quotes`() {
        let text = """
            lib/cart.rb:31:in `total': undefined method `price' for nil (NoMethodError)
            \tfrom lib/checkout.rb:8:in 'block in Checkout#run'
            \tfrom bin/shop:3:in `<main>'
            """
        #expect(
            shape(text) == [
                "NoMethodError|undefined method `price' for nil|"
                    + "<main>@bin/shop:3 Checkout#run@lib/checkout.rb:8 total@lib/cart.rb:31"
            ])
    }

    @Test func `PHP, names belong to the line before`() {
        let text = """
            PHP Fatal error:  Uncaught TypeError: cart must not be null in /srv/app/Cart.php:31
            Stack trace:
            #0 /srv/app/Checkout.php(18): Shop\\Cart->total(NULL)
            #1 /srv/app/index.php(5): Shop\\Checkout->run()
            #2 {main}
              thrown in /srv/app/Cart.php on line 31
            """
        #expect(
            shape(text) == [
                "TypeError|cart must not be null|"
                    + "-@/srv/app/index.php:5 run@/srv/app/Checkout.php:18 total@/srv/app/Cart.php:31"
            ])
    }

    @Test(arguments: [
        (
            """
            Program received signal SIGSEGV, Segmentation fault.
            #0  0x00005555 in cart_total (cart=0x0, tax=1) at src/cart.c:31
            #1  main () at src/main.c:7
            """, "SIGSEGV|SIGSEGV, Segmentation fault.|main@src/main.c:7 cart_total@src/cart.c:31"
        ),
        (
            """
            ==71==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020
            READ of size 4 at 0x6020 thread T0
                #0 0x4f2 in cart_total /build/src/cart.c:31:9
                #1 0x4f3 in main /build/src/main.c:7

            0x6020 is located 0 bytes inside of 16-byte region
            freed by thread T0 here:
                #0 0x4a0 in free (/usr/bin/shop+0x4a0)
                #1 0x4f4 in cart_free /build/src/cart.c:50:3
            """,
            "AddressSanitizer|heap-use-after-free on address 0x6020|main@/build/src/main.c:7 cart_total@/build/src/cart.c:31"
        ),
        (
            """
            ==71== Invalid read of size 8
            ==71==    at 0x48E53B4: cart_total (cart.c:31)
            ==71==    by 0x48E5336: main (main.c:7)
            ==71==  Address 0x4a8 is 0 bytes inside a block of size 16 free'd
            ==71==    at 0x4840: free (vg_replace_malloc.c:872)
            """, "Invalid read of size 8|Invalid read of size 8|main@main.c:7 cart_total@cart.c:31"
        ),
        (
            "shop: src/cart.c:31: cart_total: Assertion `cart != NULL' failed.",
            "||cart_total@src/cart.c:31"
        ),
        (
            """
            /usr/lib/libshop.so.0(cart_total+0x28) [0x7f00]
            /usr/bin/shop(main+0x10) [0x7f10]
            """, "||main@:0 cart_total@:0"
        ),
    ])
    func `C and C++`(text: String, expected: String) { #expect(shape(text) == [expected]) }

    @Test(arguments: ["", "connection refused", "at the end of the day (10:30:00)", "Total: 3\nat noon", "a@b.c:1"])
    func `plain text has no trace`(text: String) { #expect(shape(text) == []) }

    @Test func `a trace of a hundred thousand lines is cut, not refused`() {
        let text = "RangeError: deep\n" + String(repeating: "    at f (/srv/app/lib/deep.js:3:1)\n", count: 100_000)
        #expect(TraceParser.exceptions(in: text).first?.frames.count == 250)
    }

    @Test func `a hundred thousand mutated traces are read without a crash`() {
        var dice = Dice(state: 11)
        var found = 0
        for _ in 0..<100_000 {
            var bytes = Self.seeds[Int(dice.next() % UInt64(Self.seeds.count))]
            for _ in 0..<(1 + dice.next() % 6) { Self.mutate(&bytes, &dice) }
            let exceptions = TraceParser.exceptions(in: String(decoding: bytes, as: UTF8.self))
            found += exceptions.isEmpty ? 0 : 1
            for frame in exceptions.flatMap(\.frames) {
                if let line = frame.line, line < 0 || line > 99_999_999 { Testing.Issue.record("line \(line)") }
            }
        }
        // Most survive a few flipped bytes; a parser that gave up would pass otherwise.
        #expect(found > 50_000)
    }

    private static let seeds = [
        "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\nKeyError: 'a'",
        "E: x\n    at f (/a/b.js:1:2)\n    at g (c.js:3:4)\n  [cause]: F: y\n    at h (d.js:1:1)",
        "java.lang.E: x\n\tat a.B.c(B.java:1)\nCaused by: a.F: y\n\tat a.G.h(G.kt:2)\n\t... 3 more",
        "S.E: a ---> S.F: b\n   at A.B(C d) in /e.cs:line 1\n   --- End of inner exception\n   at G.H() in I.cs:line 2",
        "panic: x\n\ngoroutine 1 [running]:\na/b.(*C).D(0x1)\n\t/e/f.go:3 +0x1d\nmain.main()\n\t/m.go:1 +0x1",
        "thread 'm' panicked at a.rs:1:2:\nx\n   0: a::b\n             at ./a.rs:1:2\n",
        "A/B.swift:3: Fatal error: x\n0 [ra] 0x00 f(_:) + 1 in a at /b/C.swift:3:4\n",
        "a.rb:1:in `f': x (E)\n\tfrom b.rb:2:in 'g'\n\t3: from c.rb:4:in `h'",
        "PHP Fatal error:  Uncaught E: x in /a.php:1\n#0 /b.php(2): C->d()\n#1 {main}",
        "[1] p.ERROR: x {\"exception\":\"[object] (E(code: 0): y at /a.php:1)\n[stacktrace]\n#0 /b.php(2): C->d()\n[previous exception] [object] (F(code: 1): z at /c.php:3)",
        "a.rb:1:in 'f': x (E)\n\tfrom b.rb:2:in 'g'\nc.rb:3:in 'h': y (F)\n\tfrom d.rb:4:in 'i'",
        "==1==ERROR: A: b\n#0 0x1 in f (a=1) at b.c:2\n#1 0x2 in g /h.c:3:4\n==1== by 0x1: f (a.c:1)",
        "a: b.c:1: f: Assertion `x' failed.\n/l.so(f+0x1) [0x2]",
    ].map { Array($0.utf8) }

    private static func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        let at = Int(dice.next() % UInt64(bytes.count))
        switch dice.next() % 5 {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: dice.next())
        case 1: bytes.remove(at: at)
        case 2: bytes.insert([0x28, 0x29, 0x3A, 0x0A, 0x22, 0x27, 0x20, 0x40, 0x23][Int(dice.next() % 9)], at: at)
        case 3: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        default: bytes.removeSubrange(at..<min(bytes.count, at + 5))
        }
    }

    /// The same throws every time.
    private struct Dice {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
