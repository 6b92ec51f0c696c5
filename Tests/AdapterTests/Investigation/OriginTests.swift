import Domain
import Testing

@testable import Investigation

/// Where the value that failed was made, followed through the calls of a trace.
@Suite struct OriginTests {
    /// A line that ends in `//0` or `#0` is the crash's, `//1` its caller's, and so on; the function is given beside.
    private func origin(_ name: String, _ code: String, _ functions: [String]) -> Origin? {
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let traced = functions.enumerated().compactMap { depth, function -> TracedLine? in
            let number = lines.firstIndex { $0.hasSuffix("//\(depth)") || $0.hasSuffix("#\(depth)") }.map { $0 + 1 }
            return TracedLine(
                frame: Frame(filename: name, function: function, line: number), path: name, line: number, depth: depth,
                exception: 0, certainty: 1, moved: nil)
        }
        return Origin(of: traced, texts: [name: SourceText(code.utf8)])
    }

    private static let c = """
        static struct route *
        lookup(struct table *t, const char *name)
        {
        \tif (t == NULL)
        \t\treturn NULL;
        \treturn t->first; //0
        }

        static void walk(int mode, struct table *table)
        {
        \tfor (;;) {
        \t\tvisit(lookup(table, //1
        \t\t             "all, of it"));
        \t}
        }

        int main(void)
        {
        \tstruct table *mine = table_new();
        \twalk(2, mine); //2
        }
        """
    private static let python = """
        class Shop:
            def rate(self, country, *, day=None):
                return RATES[country] #0

            def create(self, order):
                return self.rate(order.country, day=1) #1
        """
    private static let go = """
        func total(ctx context.Context, cart *Cart) int {
        \treturn cart.Sum //0
        }

        func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
        \tcart := s.carts[r.ID]
        \ttotal(r.Context(), cart) //1
        }
        """
    private static let java = """
        class A {
            int sum(Map<String, Cart> all, Cart cart) {
                return cart.total(); //0
            }
            int run() {
                Cart last = find();
                return sum(all(), last); //1
            }
        }
        """
    private static let typescript = """
        function price(cart: Cart, rate: number): number {
          return cart.sum * rate; //0
        }
        function show(cart: Cart) {
          const rate = rates()[0];
          return price(cart, rate); //1
        }
        function page() {
          const mine = load();
          show(mine); //2
        }
        """

    private static let traces: [(String, String, [String], Int?, [String])] = [
        ("a.c", c, ["lookup", "walk", "main"], 2, ["t"]), ("a.py", python, ["rate", "create"], nil, []),
        ("a.go", go, ["total", "(*Server).handle"], 1, ["cart"]), ("A.java", java, ["A.sum", "A.run"], 1, ["cart"]),
        // `rate` is made in between, but `cart` comes from further out.
        ("a.ts", typescript, ["price", "show", "page"], 2, ["cart"]),
        ("a.c", "int f(void)\n{\n\tint *p = g();\n\treturn *p; //0\n}\n", ["f"], 0, []),
        // Its own field, a constant, a call written otherwise: the way is lost.
        ("a.py", "def f(self):\n    return self.x #0\n\n\ndef g(a):\n    f(a) #1\n", ["f", "g"], nil, []),
        (
            "a.c", "int f(int n)\n{\n\treturn 1 / n; //0\n}\nint g(void)\n{\n\treturn f(0); //1\n}\n", ["f", "g"], nil,
            []
        ),
        (
            "a.c", "int f(int n)\n{\n\treturn 1 / n; //0\n}\nint g(int m)\n{\n\treturn CALL(f, m); //1\n}\n",
            ["f", "g"], nil, []
        ),
        ("a.c", "int f(int n)\n{\n\treturn 1 / n; //0\n}\n", ["f"], nil, []), ("a.c", "\n", ["f"], nil, []),
    ]

    @Test(arguments: traces)
    func `is found`(name: String, code: String, functions: [String], line: Int?, parameters: [String]) {
        let origin = origin(name, code, functions)
        #expect(origin?.line == line)
        #expect(origin?.parameters ?? [] == parameters)
    }

    @Test func `frames that only report are passed over`() {
        let code = "int f(int n)\n{\n\tabort(); //0\n}\nint g(void)\n{\n\tint m = h();\n\tf(m); //1\n}\n"
        #expect(origin("a.c", code, ["abort", "g"])?.line == 1)
    }

    @Test func `a frame of recursion is followed as often as it is there`() {
        let code = "int f(struct n *n)\n{\n\treturn f(n->next); //0\n}\nint g(void)\n{\n\treturn f(head); //1\n}\n"
        let f = TracedLine(
            frame: Frame(filename: "a.c", function: "f", line: 3), path: "a.c", line: 3, depth: 0, exception: 0,
            certainty: 1, moved: nil)
        let g = TracedLine(
            frame: Frame(filename: "a.c", function: "g", line: 7), path: "a.c", line: 7, depth: 3, exception: 0,
            certainty: 1, moved: nil)
        #expect(Origin(of: [f, f, f, g], texts: ["a.c": SourceText(code.utf8)])?.line == 3)
    }

    private static let pieces: [(String, [String])] = [
        ("a->b.c + d[e]", ["a", "d", "e"]), ("f(x, \"y z\", 'q') + this.g", ["x"]), ("return None", []),
        ("\"open", ["open"]), ("9a", []), ("don't", ["don", "t"]), ("ä.b", ["ä"]),
    ]

    @Test(arguments: pieces)
    func `variables are neither fields nor functions nor texts`(code: String, names: [String]) {
        #expect(Set(code.withoutTexts.variables.map(String.init)) == Set(names))
    }

    @Test func `an exception around it that was raised where it was caught is passed over`() {
        let code = """
            def rate_for(country):
                return RATES[country]

            def create(order):
                try:
                    return rate_for(order["country"])
                except KeyError as error:
                    raise InvoiceError from error

            def nightly(orders):
                for order in orders:
                    create(order)
            """
        let text = SourceText(code.utf8)
        let places = [("rate_for", 2, 0), ("create", 6, 0), ("create", 8, 1), ("nightly", 12, 1)]
        let lines = places.enumerated().map { depth, place in
            TracedLine(
                frame: Frame(filename: "a.py", function: place.0, line: place.1), path: "a.py", line: place.1,
                depth: depth, exception: place.2, certainty: 1, moved: nil, function: text.function(around: place.1))
        }
        let origin = Origin(of: lines, texts: ["a.py": text])
        #expect(origin?.line == 3)
        #expect(origin?.parameters == ["country"])
    }
}
