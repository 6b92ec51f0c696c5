import Testing

@testable import Investigation

/// The function around a line, by indentation and by its name, one shape a language family.
@Suite struct FunctionRangeTests {
    private static let c =
        "#include <a.h>\n\nstatic int\ncart_total(int x)\n{\n\tif (x) {\n\t\treturn 1;\n\t}\nout:\n\treturn 0;\n}\n\nint b;\n"
    private static let python =
        "import os\n\nclass Cart:\n    def total(self):\n        for i in self:\n            x = i\n\n        return x\n\n    def next(self):\n        pass\n"
    private static let ruby =
        "class Cart\n  def total\n    items.each do |i|\n      add(i)\n    end\n  end\n\n  def b\n  end\nend\n"
    private static let javascript =
        "const a = 1;\nfunction total(cart) {\n  for (const i of cart) {\n    add(i);\n  }\n  return 0;\n}\nb();\n"

    @Test(arguments: [
        (c, 7, 4...11), (c, 10, 4...11), (python, 6, 4...9), (python, 4, 4...9), (ruby, 4, 2...6),
        (javascript, 4, 2...7), (javascript, 6, 2...7),
    ])
    func `is found`(text: String, line: Int, range: ClosedRange<Int>) {
        #expect(SourceText(text.utf8).function(around: line) == range)
    }

    private static let rescued =
        "class Cart\n  def total\n    prices.fetch(:net)\n  end\n\n  def checkout\n    total\n  # Of no price.\n  rescue KeyError => error\n    if error\n      raise CheckoutError\n    end\n\n  else\n    0\n  ensure # always\n    close\n  end\n\n  def b\n  end\nend\n"
    private static let begun =
        "def total\n  begin\n    price\n  rescue KeyError\n    0\n  end\nend\n\ndef b\nrescue\n  nil\nend\n"
    private static let chosen =
        "class Cart {\n  int total(int x) {\n    if (x)\n      a();\n    else\n      b();\n    return 0;\n  }\n}\n"

    /// A method of Ruby may have `rescue`, `else` and `ensure` without a `begin`, as deep as its `def`.
    @Test(arguments: [
        (rescued, "checkout", 7, 6...18), (rescued, "checkout", 9, 6...18), (rescued, "checkout", 11, 6...18),
        (rescued, "checkout", 15, 6...18), (rescued, "checkout", 17, 6...18), (rescued, "total", 3, 2...4),
        (begun, "total", 3, 1...7), (begun, "total", 5, 1...7), (begun, "b", 11, 9...12), (chosen, "total", 6, 2...8),
    ])
    func `goes on in what is rescued`(text: String, name: String, line: Int, range: ClosedRange<Int>) {
        let text = SourceText(text.utf8)
        #expect(text.function(around: line) == range)
        #expect(text.function(around: line, named: name) == range)
        #expect(text.home(of: name, awayFrom: line) == nil)
    }

    /// A line, and the first line of its function: with its name known, and without.
    @Test(arguments: [
        // A call over several lines.
        ("def main(args):\n    plumber.merge(\n        args)\n    return 0\n", "main", 3, 1, 1),
        // A call of something that is called like a keyword.
        (
            "static void\ngst_task_func (Task *task)\n{\n  while (task) {\n    task->func (task->data);\n  }\n}\n",
            "gst_task_func", 5, 2, 2
        ),
        ("def wrap(args):\n    if args:\n        args.func(args)\n", "wrap", 3, 1, 1),
        // A loop that is a macro.
        (
            "void run_all(struct cart *cart)\n{\n    LIST_FOR_EACH_SAFE (s, next, &cart->items) {\n        run(s);\n    }\n}\n",
            "run_all", 4, 1, 1
        ),
        // Parameters a line each.
        (
            "class Cart {\n  int total(\n      int price,\n      int count) {\n    return price * count;\n  }\n}\n",
            "total", 5, 2, 2
        ),
        // A method between others, its class at the left edge.
        ("class Cart {\n  add(item) {\n    this.items.push(\n      item);\n  }\n}\n", "Cart.add", 4, 2, 2),
        // A function in a function: the inner one, unless it is known to be the outer one.
        (
            "def total(cart):\n    def price(item):\n        return item.price\n    return sum(map(price, cart))\n",
            "price", 3, 2, 2
        ),
        (
            "def total(cart):\n    def price(item):\n        return item.price\n    return sum(map(price, cart))\n",
            "total", 3, 1, 2
        ),
        ("func (c *Cart) Total() int {\n\tgo func() {\n\t\tlog.Println(\n\t\t\tc)\n\t}()\n}\n", "Total", 4, 1, 1),
        // A comment that stands where it likes.
        ("int total(int x)\n{\n  if (x) {\n// return (x);\n    x = 1;\n  }\n}\n", "total", 5, 1, 1),
    ])
    func `begins at its head`(text: String, name: String, line: Int, known: Int, unknown: Int) {
        let text = SourceText(text.utf8)
        #expect(text.header(above: line, named: Tracing.bareName(name)) == known)
        #expect(text.header(above: line) == unknown)
    }

    private static let two =
        "int price(int x);\n\nint total(int x)\n{\n\treturn price(x) + 1;\n}\n\nint price(int x)\n{\n\treturn x;\n}\n\nDEFUN (show_cart,\n\tshow_cart_cmd)\n{\n\treturn 0;\n}\n"

    @Test(arguments: [
        ("price", 5, 8...11), ("total", 10, 3...6), ("show_cart", 2, 13...17),
        // There already, nowhere, and only called.
        ("total", 5, nil), ("sum", 5, nil), ("x", 13, nil), ("tot", 10, nil),
    ])
    func `is looked for by its name`(name: String, line: Int, range: ClosedRange<Int>?) {
        #expect(SourceText(Self.two.utf8).home(of: name, awayFrom: line) == range)
    }

    @Test(arguments: [
        ("def self.total(a)", true), ("  async def total(self):", true), ("public static function total($a)", true),
        ("func (c *Cart) total() {", true), ("const total = async (cart) => {", true),
        ("total: function (cart) {", true),
        ("  int Cart::total(int x) const {", true),
        ("  private List<Item> total(Cart cart) throws IOException {", true),
        ("  x = total(y)", false), ("  return total(y) {", false), ("if (total(y)) {", false),
        ("int total(int x);", false),
        ("  a.total(y) {", false), ("// total(y) {", false), ("this function calls total(x)", false),
        ("  a, b = total(\n", false), ("total(x);", false),
    ])
    func `is told from a call`(line: String, isDefinition: Bool) {
        let text = SourceText("\(line)\n".utf8)
        #expect(text.definitions(of: "total").isEmpty != isDefinition)
    }

    @Test func `does not end at what stands at the left edge`() {
        let text =
            "int total(int x)\n{\n  x = 1;\n#ifdef TAX\n  x = 2;\n#endif\n// Rounded.\nout:\n  return x;\n}\n\nint b;\n"
        #expect(SourceText(text.utf8).function(around: 3) == 1...10)
        #expect(SourceText(text.utf8).home(of: "total", awayFrom: 12) == 1...10)
    }

    @Test func `is looked for among many of its name only near the line`() {
        let text = SourceText(String(repeating: "int f(int x)\n{\n  return x;\n}\n", count: 3000).utf8)
        #expect(text.home(of: "f", awayFrom: 9) == nil)
        #expect(text.home(of: "f", awayFrom: 11_998) == 3997...4000)
    }

    @Test(arguments: [-1, 0, 99, .max])
    func `is nothing outside the file`(line: Int) {
        #expect(SourceText(Self.c.utf8).function(around: line) == nil)
    }

    @Test func `is cut when it is long`() throws {
        let text = "void f() {\n" + String(repeating: "  x();\n", count: 5000) + "}\n"
        let range = try #require(SourceText(text.utf8).function(around: 2500))
        #expect(range == 2400...2600)
    }
}
