extension Git {
    /// Everything at the revision.
    func files(at sha: String) async throws -> TreeListing {
        TreeListing(try await run(["ls-tree", "-r", "-z", "--full-tree", sha]))
    }

    /// The text of files at the revision; binary ones, huge ones and missing ones are left out.
    func texts(of paths: [String], at sha: String, largest: Int = 4 << 20) async throws -> [String: SourceText] {
        guard !paths.isEmpty else { return [:] }
        do {
            return try await texts(of: paths, at: sha, largest: largest, together: 16 << 20)
        } catch Tool.Failure.tooMuchOutput {
            // A second process only when there is a huge one among them.
            let sizes = try await batch(["--batch-check"], paths, sha, limit: 1 << 20)
            var objects = BatchedObjects(sizes, hasContent: false)
            let small = paths.filter { _ in objects.next().map { $0.size <= largest } ?? false }
            return try await texts(of: small, at: sha, largest: largest, together: 96 << 20)
        }
    }

    private func texts(
        of paths: [String], at sha: String, largest: Int, together limit: Int
    ) async throws -> [String: SourceText] {
        var objects = BatchedObjects(try await batch(["--batch"], paths, sha, limit: limit))
        var texts: [String: SourceText] = [:]
        for path in paths {
            guard let object = objects.next(), object.type == "blob", object.size <= largest,
                !object.content.prefix(8000).contains(0)
            else { continue }
            texts[path] = SourceText(object.content)
        }
        return texts
    }

    private func batch(_ mode: [String], _ paths: [String], _ sha: String, limit: Int) async throws -> [UInt8] {
        try await run(["cat-file"] + mode, input: Array(paths.map { "\(sha):\($0)\n" }.joined().utf8), limit: limit)
    }
}
