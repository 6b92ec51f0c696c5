import Testing

@testable import Investigation

/// Where commits and lines can be looked at.
@Suite struct ForgeTests {
    private static let sha = "9fceb02d0ae598e95dc970b74767f19372d61af8"

    private func links(_ forge: Forge?) -> [String?] {
        [forge?.link(toCommit: "9fceb02"), forge?.link(to: "lib/a b#[é].js", line: 44, at: "9fceb02")]
    }

    @Test(arguments: [
        (
            "https://github.com/acme/shop/", "https://github.com/acme/shop/commit/9fceb02",
            "https://github.com/acme/shop/blob/9fceb02/lib/a%20b%23%5B%C3%A9%5D.js#L44"
        ),
        (
            "https://gitlab.example.org:8443/web/shop", "https://gitlab.example.org:8443/web/shop/-/commit/9fceb02",
            "https://gitlab.example.org:8443/web/shop/-/blob/9fceb02/lib/a%20b%23%5B%C3%A9%5D.js#L44"
        ),
        (
            "gitea+https://git.example.org/shop", "https://git.example.org/shop/commit/9fceb02",
            "https://git.example.org/shop/src/commit/9fceb02/lib/a%20b%23%5B%C3%A9%5D.js#L44"
        ),
        (
            "https://codeberg.org/acme/shop", "https://codeberg.org/acme/shop/commit/9fceb02",
            "https://codeberg.org/acme/shop/src/commit/9fceb02/lib/a%20b%23%5B%C3%A9%5D.js#L44"
        ),
        (
            "https://bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop/commits/9fceb02",
            "https://bitbucket.org/acme/shop/src/9fceb02/lib/a%20b%23%5B%C3%A9%5D.js#lines-44"
        ),
        (
            "https://g.example/c?id={commit} https://g.example/t/{path}?id={commit}#n{line}",
            "https://g.example/c?id=9fceb02", "https://g.example/t/lib/a%20b%23%5B%C3%A9%5D.js?id=9fceb02#n44"
        ),
    ])
    func `an address or patterns make links`(text: String, commit: String, line: String) throws {
        #expect(links(try Forge(text: text)) == [commit, line])
    }

    @Test(arguments: [
        "git@github.com:acme/shop.git", "ssh://git@github.com:22/acme/shop.git", "https://github.com/acme/shop",
        "https://ada:s3cret@github.com/acme/shop.git/", "git://github.com/acme/shop.git",
        "ssh://git@ssh.github.com:443/acme/shop.git", "github.com:acme/shop",
    ])
    func `a clone's origin tells, without user, password and the port of SSH`(remote: String) {
        #expect(Forge(remote: remote)?.link(toCommit: Self.sha) == "https://github.com/acme/shop/commit/\(Self.sha)")
    }

    @Test(arguments: [
        ("git@github.com-work:acme/shop.git", "https://github.com/acme/shop/commit/9fceb02"),
        ("ssh://git@github.com-acme_2/acme/shop.git", "https://github.com/acme/shop/commit/9fceb02"),
        ("gitlab.com-work:acme/shop", "https://gitlab.com/acme/shop/-/commit/9fceb02"),
        ("git@bitbucket.org-work:acme/shop.git", "https://bitbucket.org/acme/shop/commits/9fceb02"),
        // Somebody's own, in a network that has no names with a dot: the browser is in it too.
        ("http://gitea:3000/acme/shop.git", "http://gitea:3000/acme/shop/commit/9fceb02"),
        ("https://gitlab/acme/shop.git", "https://gitlab/acme/shop/-/commit/9fceb02"),
    ])
    func `an account's name behind the host is the clone's own`(remote: String, commit: String) {
        #expect(Forge(remote: remote)?.link(toCommit: "9fceb02") == commit)
    }

    @Test(arguments: [
        "/srv/repos/github.com/shop", "file:///srv/github.com/shop", "../github.com/shop.git", "", "https://", "C:\\x",
        "https://git.example.org/shop.git", "git@bitbucket.example.org:acme/shop.git", "https://github.com",
        "https://github.com.evil\"onclick=x/acme", "javascript:alert(1)//github.com/x",
        "https://notgithub.com/acme/shop", "git@github:acme/shop.git", "ssh://git@gitlab:2222/acme/shop.git",
        "git@gitlab.example.org-work:acme/shop.git", "git@github-work:acme/shop.git",
        "https://github.com-work/acme/shop?x",
        "git@github.com:acme/shop?ref=main", "https://github.com/acme/shop#readme", "https://github.com?x/acme/shop",
    ])
    func `a folder, a host that does not say what it runs, and nonsense make none`(remote: String) {
        #expect(links(Forge(remote: remote)) == [nil, nil])
    }

    @Test func `without a line it is the file, and a name that is no hash is no link`() throws {
        let forge = try Forge(text: "https://github.com/acme/shop")
        #expect(
            forge.link(to: "lib/cart.js", line: nil, at: "9fceb02")
                == "https://github.com/acme/shop/blob/9fceb02/lib/cart.js")
        #expect(forge.link(toCommit: "HEAD\"><b>") == nil)
        #expect(forge.link(to: "a", line: 1, at: "main") == nil)
        #expect(try Forge(text: "https://g.example/{commit}").link(to: "a", line: 1, at: "9fceb02") == nil)
    }
}
