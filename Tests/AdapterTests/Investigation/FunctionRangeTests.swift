import Testing

@testable import Investigation

/// The function around a line, by indentation, one shape a language family.
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
