import Domain
import Testing

/// The secrets in these tables are made up, and put together so that no scanner takes this file for a leak.
@Suite struct ScrubberTests {
    private static let letters = String(repeating: "aB3", count: 16)

    @Test(arguments: [
        ("password=hunter2", "password=[password]"),
        ("password = hunter2, user=ada", "password = [password], user=ada"),
        ("DB_PASSWORD=hunter2 HOME=/srv", "DB_PASSWORD=[password] HOME=/srv"),
        ("MYSQL_PWD=hunter2", "MYSQL_PWD=[password]"),
        ("dbPass: hunter2", "dbPass: [password]"),
        ("password: hunter2", "password: [password]"),
        (#"{"password": "a b\"c", "n": 1}"#, #"{"password": "[password]", "n": 1}"#),
        (#"{\"password\": \"a b\", \"n\": 1}"#, #"{\"password\": \"[password]\", \"n\": 1}"#),
        ("{&quot;password&quot;:&quot;hunter2&quot;}", "{&quot;password&quot;:&quot;[password]&quot;}"),
        ("{'api_key': 'abc'}", "{'api_key': '[token]'}"),
        (#"{"api_key": "abc", "port": 1}"#, #"{"api_key": "[token]", "port": 1}"#),
        ("db.password: hunter2;", "db.password: [password];"),
        ("'password' => 'abc'", "'password' => '[password]'"),
        ("$config['password'] = 'abc';", "$config['password'] = '[password]';"),
        (":password=>\"abc\"", ":password=>\"[password]\""),
        ("map[password:hunter2 user:ada]", "map[password:[password] user:ada]"),
        ("User(name=ada, password=hunter2)", "User(name=ada, password=[password])"),
        ("password: Optional(\"hunter2\")", "password: [password]"),
        ("password: Some(\"hunter2\"), n: 1", "password: [password], n: 1"),
        ("password=b'hunter2'", "password=b'[password]'"),
        ("<password>hunter2</password>", "<password>[password]</password>"),
        ("mysql --password hunter2 shop", "mysql --password [password] shop"),
        ("[\"Authorization\", \"abc\"]", "[\"Authorization\", \"[token]\"]"),
        ("passwords: [\"a\", \"b\"]", "passwords: [[password]]"),
        ("Server=db;Password=a,b;Database=shop", "Server=db;Password=[password];Database=shop"),
        ("password=a&b", "password=[password]"),
        ("password=\"correct horse batt", "password=\"[password]"),
        ("Cookie: a=1; b=2\nHost: x", "Cookie: [cookie]\nHost: x"),
        ("Set-Cookie: sid=1; Path=/", "Set-Cookie: [cookie]"),
        ("curl -H \"Cookie: a=1; b=2\" x", "curl -H \"Cookie: [cookie]\" x"),
        (#""Cookie: a=1\r\nHost: x""#, #""Cookie: [cookie]\r\nHost: x""#),
        ("Authorization: Bearer abc.def\nHost: x", "Authorization: [token]\nHost: x"),
        ("Authorization=Basic YTpi", "Authorization=[token]"),
        ("sent Bearer abcdefghijkl1234 to it", "sent Bearer [token] to it"),
        ("Basic dXNlcjpwYXNz", "Basic [token]"),
        ("x-api-key: 1", "x-api-key: [token]"),
        ("access_token=abcdefgh&page=2", "access_token=[token]&page=2"),
        ("AWS_SECRET_ACCESS_KEY=abc/def+1", "AWS_SECRET_ACCESS_KEY=[token]"),
        ("encryption_key = 0123", "encryption_key = [token]"),
        ("AccountKey=abcdefghij0123456789==;x=1", "AccountKey=[token];x=1"),
        ("deploy_key: 9fceb02d0ae598e95dc970b74767f19372d61af8", "deploy_key: [token]"),
        ("token: 9fceb02d0ae598e95dc970b74767f19372d61af8", "token: [token]"),
        ("a%3Ftoken%3Dabc%26b%3D1", "a%3Ftoken%3D[token]%26b%3D1"),
    ])
    func `a telling name hides its value`(text: String, expected: String) {
        #expect(Scrubber.scrub(text) == expected)
    }

    @Test(arguments: [
        "Unexpected token: }", "SyntaxError: Unexpected token < in JSON at position 0", "Unexpected token: missing",
        "KeyError: 'session'", "KeyError: 'password'", "InvalidPasswordError: Wrong one for user 12", "tokens: 512",
        "max_tokens=4096", "token_type=bearer", "passwordLength: 8", "password: null", "\"password\": \"\"",
        "password=",
        "password: must be longer", "token === undefined", "primary key: 12", "cache_key=cart:12", "React key=\"row\"",
        "the password is wrong", "monkey: 1", "secretary: Ada", "Basic authentication", "author = Ada", "bypass=1",
        "at checkPassword (lib/password.js:31:7)", "src/auth/token.ts:12", "auth::password::check",
        "PasswordService.java:31",
        "POST /reset-password: 500", "app/cookie.py:3", "password: ********", "password=[Filtered]", "session: expired",
    ])
    func `a name that only speaks of secrets hides nothing`(text: String) {
        #expect(Scrubber.scrub(text) == text)
    }

    @Test(arguments: [
        "ghp_\(letters)", "github_pat_\(letters)", "glpat-\(letters)", "xoxb-1234-\(letters)",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ASIA" + "ABCDEFGHIJKLMNOP", "AIza\(letters)", "sk_live_\(letters)", "npm_\(letters)", "pypi-AgEI\(letters)",
        "hf_\(letters)",
        "sk-proj-\(letters)", "sntrys_\(letters)", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.\(letters)",
        "eyJhbGciOiJIUzI1NiJ9.eyJz", "123456789:\(letters)", "123456789:AA\(letters)",
    ])
    func `a token is known by its form`(token: String) {
        let surroundings = [
            ("", ""), ("used ", " twice"), ("(", ")"), ("\"", "\""), ("x=", ""), ("a, ", "."), (#"\n"#, #"\n"#),
            ("/", "/"),
            ("\u{1B}[31m", "\u{1B}[0m"), ("é", "é"), ("%20", "%20"), ("<b>", "</b>"), ("💥", "💥"), ("[", "]"),
        ]
        // A slash belongs to base64.
        for (before, after) in surroundings where !token.hasPrefix("eyJ") || after != "/" {
            #expect(Scrubber.scrub(before + token + after) == "\(before)[token]\(after)")
        }
    }

    @Test func `an AWS secret beside its id goes too`() {
        let id = "AKIA" + "ABCDEFGHIJKLMNOP"
        let secret = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
        #expect(Scrubber.scrub("\(id) \(secret)") == "[token] [token]")
        #expect(Scrubber.scrub("\(id) at 9fceb02d0ae598e95dc970b74767f19372d61af8").hasSuffix("9372d61af8"))
    }

    @Test(arguments: [
        ("ada@example.com", "[e-mail]"), ("<ada.l+x@mail.example.co.uk>", "<[e-mail]>"),
        ("to ada@example.com.", "to [e-mail]."),
        ("mailto:ada@example.com", "mailto:[e-mail]"), ("ada@163.com", "[e-mail]"), ("josé@exämple.de", "[e-mail]"),
        ("?to=ada%40example.com&x=1", "?to=[e-mail]&x=1"), ("ada@example.com_1", "[e-mail]_1"),
        ("ada@example.com.1", "[e-mail].1"),
        ("from 203.0.113.9", "from [ip]"), ("203.0.113.9:443", "[ip]:443"), ("/203.0.113.9:80", "/[ip]:80"),
        ("10.1.2.3", "[ip]"), ("X-Forwarded-For: 203.0.113.9, 198.51.100.7", "X-Forwarded-For: [ip], [ip]"),
        ("2001:db8::8a2e:370:7334", "[ip]"), ("[2001:db8::1]:443", "[[ip]]:443"), ("::ffff:203.0.113.9", "[ip]"),
        ("2001:0db8:85a3:0000:0000:8a2e:0370:7334.", "[ip]."), ("fe80::1%eth0", "[ip]%eth0"),
        ("card 4111 1111 1111 1111 declined", "card [card] declined"), ("4111-1111-1111-1111", "[card]"),
        ("5555555555554444", "[card]"), ("378282246310005", "[card]"), ("3782 822463 10005", "[card]"),
        ("card4111111111111111", "card[card]"), ("card_4111111111111111.", "card_[card]."),
        ("4111.1111.1111.1111", "[card]"),
        ("pay 4111 1111 1111 1111 2028", "pay [card] 2028"),
        ("DE89 3704 0044 0532 0130 00", "[iban]"), ("GB82WEST12345698765432", "[iban]"),
        ("gb82west12345698765432", "[iban]"),
        ("AT61 1904 3002 3457 3201 PAID", "[iban] PAID"), ("iban=NL91ABNA0417164300,", "iban=[iban],"),
    ])
    func `personal data is named, not shown`(text: String, expected: String) {
        #expect(Scrubber.scrub(text) == expected)
    }

    @Test(arguments: [
        ("https://ada:pw@example.com/x", "https://[password]@example.com/x"),
        ("https://ada:p@w@example.com/x", "https://[password]@example.com/x"),
        ("redis://:pa/ss@cache:6379/0", "redis://[password]@cache:6379/0"),
        (#"https:\/\/ada:pw@example.com"#, #"https:\/\/[password]@example.com"#),
        ("https://0123abcd@glitchtip.example.com/1", "https://[token]@glitchtip.example.com/1"),
        ("postgres://u:p@db:5432/shop", "postgres://[password]@db:5432/shop"),
        ("https://x.example/a?token=abc12345&page=2#top", "https://x.example/a?token=[token]&page=2#top"),
        ("https://x.example/a?code=1", "https://x.example/a?code=[token]"),
        ("https://x.example/a?key=1&session=2&sig=3", "https://x.example/a?key=[token]&session=[token]&sig=[token]"),
        ("https://x.example/a?token=t0k#top", "https://x.example/a?token=[token]#top"),
        ("https://x.example/a?p=1&amp;password=x&amp;q=1", "https://x.example/a?p=1&amp;password=[password]&amp;q=1"),
        ("http://203.0.113.9:80/x", "http://[ip]:80/x"),
        ("https://api.telegram.org/bot123456789:\(letters)/getMe", "https://api.telegram.org/bot[token]/getMe"),
        ("https://x.example/a?q=ada@example.com", "https://x.example/a?q=[e-mail]"),
        ("https://hooks.slack.com/services/T0/B0/abcdef", "https://hooks.slack.com/services/[token]"),
        ("http://127.0.0.1:8086/webhooks/glitchtip/abc", "http://127.0.0.1:8086/webhooks/glitchtip/[token]"),
    ])
    func `a link loses what it should not tell`(text: String, expected: String) {
        #expect(Scrubber.scrub(text) == expected)
    }

    @Test(arguments: [
        "9fceb02d0ae598e95dc970b74767f19372d61af8", "b0199aa5b15445b09826c96c5ded8aa8", "9fceb02", "SHOP-WEB-2",
        "123e4567-e89b-12d3-a456-426614174000", "41111111-1111-1111-1111-411111111111", "shop-web@2.3.1",
        "shop-web@2.3.1-rc.beta",
        "shop-web@1.2.3.4", "com.shop.app@1.0.0+45", "@sentry/node", "@app.route", "@app.route('/cart')",
        "express@4.18.2",
        "node_modules/.pnpm/express@4.18.2/lib/router.js:12:3", "logo@2x.png", "user@localhost",
        "git@github.com:acme/shop.git",
        "ssh://git@github.com/acme/shop.git", "2026-11-24T10:12:13.456Z", "10:12:13", "lib/cart.js:31:7",
        "/srv/app/cart.py",
        "webpack:///./lib/utils.js", "app:///lib/cart.js", "at Cart.total (/srv/shop/lib/cart.js:31:7)",
        "File \"/srv/app/auth/password.py\", line 31, in check", "Mozilla/5.0 Chrome/131.0.0.0 Safari/537.36",
        "Version=4.0.0.0, Culture=neutral", "Version=4.2.1.7", "127.0.0.1:8086", "0.0.0.0", "::1", "[::1]:80", "1.2.3",
        "v2.3.1", "1.2.3.4.5",
        "1.2.3.4-beta", "std::vec::Vec", "a::b::c", "a::b", "Cart::Total", "00:1b:44:11:3a:b7", "1732449600000",
        "1795467600123456",
        "0.4111111111111111", "4111111111111112", "1234 5678", "TypeError: cart is undefined", "0x7fff5fbff8c0",
        "key=value",
        "http://glitchtip:8000/acme/issues/2", "https://x.example/a?page=2", "http://localhost:3000/@vite/client",
        "sk-loading-indicator-wrapper-dark", "[cart]", "npm_config_registry=x", "npm_package_version=1.2.3",
        "DE89 and others", "i18n", "x = a[0]", "100%", "C:\\new\\table",
        "at java.base/java.lang.Thread.run(Thread.java:840)", "thread 'main' panicked at src/main.rs:4:5:",
    ])
    func `what triage needs stays`(text: String) {
        #expect(Scrubber.scrub(text) == text)
    }

    @Test(arguments: ["\n", "\\n", " "])
    func `a private key goes as a whole`(newline: String) {
        let key = ["-----BEGIN RSA " + "PRIVATE KEY-----", "MIIE+/a=", "-----END RSA " + "PRIVATE KEY-----"].joined(
            separator: newline)
        #expect(Scrubber.scrub("a\n\(key)\nb") == "a\n[private key]\nb")
        #expect(Scrubber.scrub("a \(key.prefix(40))") == "a [private key]")
        #expect(!Scrubber.scrub("private_key=\"\(key)\"").contains("MIIE"))
    }

    @Test(arguments: [
        ("X-Auth-Token", "x", "[token]"), ("cookie", "a=1", "[cookie]"), ("Set-Cookie", "a=1; Path=/", "[cookie]"),
        ("authorization", "Bearer x", "[token]"), ("DB_PASSWORD", "a b", "[password]"), ("token", "missing", "[token]"),
        ("region", "eu", "eu"), ("email", "ada@example.com", "[e-mail]"), ("client_ip", "203.0.113.9", "[ip]"),
        ("password", "", ""),
        ("release", "shop-web@2.3.1", "shop-web@2.3.1"),
        ("commit", "9fceb02d0ae598e95dc970b74767f19372d61af8", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
        ("cache_key", "cart:12", "cart:12"), ("some_key", letters, "[token]"), ("password", "[password]", "[password]"),
    ])
    func `a value is judged by its key`(key: String, value: String, expected: String) {
        #expect(Scrubber.scrub(key: key, value: value) == expected)
    }
}
