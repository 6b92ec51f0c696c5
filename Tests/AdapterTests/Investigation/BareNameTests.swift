import Domain
import Testing

@testable import Investigation

/// A function's own name as languages spell it, and what the name tells.
@Suite struct BareNameTests {
    @Test(arguments: [
        ("total", "total"), ("Cart.total", "total"), ("shop::Cart::total", "total"), ("block in total", "total"),
        ("Cart::total(int)", "total"), ("Cart::total(std::vector<int> const&) const", "total"),
        ("Cart.total(in:)", "total"), ("finish(_:error:)", "finish"), ("closure #1 in Checkout.pay(order:)", "pay"),
        ("void Handle(Exception error)", "Handle"), ("Cart.Total[T](T item)", "Total"),
        ("main.(*Server).serve", "serve"),
        ("main.(*Server).serve.func1", "func1"), ("main.Total[...]", "Total"),
        ("(anonymous namespace)::total(int)", "total"),
        ("<Cart as Total>::total", "total"), ("core::FnOnce<A>::call_once", "call_once"),
        ("Object.<anonymous>", "anonymous"), ("Cart.total [as checkout]", "checkout"), ("operator()(int)", "operator"),
        ("Cart->total", "total"), ("Cart#total", "total"), ("", ""), ("((((", ""),
        ("shop::total(int)::{lambda()#1}::operator()", "total"), ("a(((((", "a"), ("]]>>))", ""),
    ])
    func `without what stands around it`(function: String, name: String) {
        #expect(Tracing.bareName(function) == name)
    }

    @Test(arguments: [
        ("log_in", "shop/session.py", false, false), ("log_order", "shop/session.py", true, false),
        ("assert_stock", "shop/stock.rb", false, false), ("start", "lib/cart.js", false, false),
        ("raise", "shop/session.py", true, true), ("log_order", "src/cart.c", true, true),
        ("__assert_fail", "", true, true), ("assert_stock", "src/cart.c", true, true),
        ("total", "src/cart.c", false, false),
    ])
    func `a name that only reports in C is a function like others elsewhere`(
        function: String, file: String, isReporting: Bool, isMachinery: Bool
    ) {
        let frame = Frame(filename: file, function: function)
        #expect(Noise.isReporting(frame) == isReporting)
        #expect(Noise.isMachinery(frame) == isMachinery)
    }

    @Test(arguments: [
        ("zebra_evpn_mh_terminate", true), ("getUrlForCart", true), ("Cart.total", false), ("update_the_cart", false),
        ("a_b_c_d(int)", true), ("", false),
    ])
    func `a name of four words is specific`(function: String, isSpecific: Bool) {
        #expect(Noise.isSpecific(Frame(filename: "a", function: function)) == isSpecific)
    }
}
