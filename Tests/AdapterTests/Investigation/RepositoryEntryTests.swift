import Testing

@testable import Investigation

/// How `TIPLINE_REPOS` names a repository.
@Suite struct RepositoryEntryTests {
    @Test(arguments: [
        ("/srv/repos/mono#services/billing", "/srv/repos/mono", "services/billing", false),
        ("/srv/repos/mono#/services/billing/", "/srv/repos/mono", "services/billing", false),
        ("https://example.com/x.git#folder", "https://example.com/x.git", "folder", true),
        ("git@example.com:shop/web.git", "git@example.com:shop/web.git", nil, true),
        ("repos/with:colon", "repos/with:colon", nil, false),
    ])
    func `reads a path or a URL, and a folder`(text: String, location: String, folder: String?, isRemote: Bool) throws {
        let entry = try #require(RepositoryEntry(text: text))
        #expect(entry.location == location)
        #expect(entry.folder == folder)
        #expect(entry.isRemote == isRemote)
    }

    @Test(arguments: ["", "#folder", "--upload-pack=x", "/srv/a#../b", "ext::sh -c x", "/srv/a\u{0}b"])
    func `refuses what git must never see`(text: String) { #expect(RepositoryEntry(text: text) == nil) }
}
