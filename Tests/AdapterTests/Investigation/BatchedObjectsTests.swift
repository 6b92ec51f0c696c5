import Testing

@testable import Investigation

/// The answer of `git cat-file --batch`.
@Suite struct BatchedObjectsTests {
    private func read(_ text: String, hasContent: Bool = true, asked count: Int) -> [String?] {
        var objects = BatchedObjects(Array(text.utf8), hasContent: hasContent)
        return (0..<count).map { _ in
            objects.next().map { "\($0.type) \($0.size) \(String(decoding: $0.content, as: UTF8.self))" }
        }
    }

    @Test func `gives an object for each name, and nothing for one that is unknown`() {
        #expect(
            read("aa blob 3\na\nb\nHEAD:x blob missing\nbb commit 0\n\n", asked: 4)
                == ["blob 3 a\nb", nil, "commit 0 ", nil])
    }

    @Test func `without contents, only the sizes`() {
        #expect(
            read("aa blob 3\nHEAD:no such file missing\nbb tree 40\n", hasContent: false, asked: 3)
                == ["blob 3 ", nil, "tree 40 "])
    }

    @Test(arguments: ["", "aa blob", "aa blob 10\nshort", "aa blob -1\n", "aa blob 3\nabc", "\n\n"])
    func `an answer that is cut off is no object`(text: String) {
        #expect(read(text, asked: 1) == [nil])
    }
}
