import PolicyEngine
import Testing

private let yes = Judgement.holds
private let no = Judgement.doesNotHold
private let unclear = Judgement.cannotBeJudged

/// Against `["example.com", "*.example.org", "127.0.0.1", "::1", "bücher.example"]`.
private let hosts: [PathCase] = [
    .init("https://example.com", yes), .init("https://example.com/", yes), .init("HTTPS://EXAMPLE.com/a?b#c", yes),
    .init("https://example.com:8443/x", yes), .init("https://example.com./x", yes), .init("example.com", yes),
    .init("wss://example.com/x", yes), .init("https://www.example.com", no), .init("https://example.comx", no),
    .init("https://notexample.com", no), .init("https://a.example.org", yes), .init("https://a.b.Example.ORG./", yes),
    .init("https://example.org", no), .init("https://aexample.org", no), .init("https://evil.net/example.com", no),
    .init("https://example.com.evil.net/", no), .init("https://evil.net?example.com", no),
    .init("https://example.com/@evil", yes), .init("https://evil.net/?u=https://example.com", no),
    // name and password
    .init("https://user@example.com", yes), .init("https://user:pw@example.com/", yes),
    .init("https://example.com@evil.net/", no), .init("https://example.com:443@evil.net/", no),
    .init("https://a@example.com@evil.net/", unclear), .init("https://evil.net#@example.com/", unclear),
    .init("https://evil.net?@example.com/", unclear), .init("https://example.com%40evil.net/", unclear),
    .init("https://a[b@example.com/", unclear), .init("https://\u{e9}@example.com/", unclear),
    // slashes, white space, control characters
    .init("https:\\\\example.com", unclear), .init("https://evil.net\\@example.com", unclear),
    .init("https:/example.com", unclear), .init("https:example.com", unclear), .init("https:///example.com", unclear),
    .init("//example.com/", unclear), .init("/example.com", unclear), .init(" https://example.com", unclear),
    .init("https://example.com ", unclear), .init("ht\ntps://example.com", unclear),
    .init("https://exa\tmple.com", unclear), .init("https://example.com\u{0}.evil.net", unclear),
    .init("https://", unclear), .init("https:///", unclear), .init("", unclear), .init("://example.com", unclear),
    .init("1https://example.com", unclear), .init("example.com:443", unclear), .init("example.com/x", unclear),
    .init("javascript:alert(1)", unclear), .init("data:,x", unclear), .init("file:///etc/passwd", unclear),
    .init("jar:https://example.com!/", unclear), .init("https://example.com;evil.net/", unclear),
    .init("https://example.com,evil.net/", unclear), .init("https://*.example.org/", unclear),
    .init("https://example..com/", unclear), .init("https://.example.org/", unclear),
    .init("https://example.com../", unclear), .init("https://./", unclear), .init("https://%65xample.com/", unclear),
    .init("https://example.com:/", unclear), .init("https://example.com:0x50/", unclear),
    .init("https://example.com:99999/", unclear), .init("https://example.com:80:90/", unclear),
    .init("https://exam_ple.com/", no), .init("https://localhost/", no),
    .init("foo://example.com/", yes), .init("foo://b\u{fc}cher.example/", unclear), .init("b\u{fc}cher.example", yes),
    .init("foo://\u{ff45}xample.com/", unclear), .init("WSS://b\u{fc}cher.example/", yes),
    // numeric forms of IPv4
    .init("http://127.0.0.1/", yes), .init("http://127.0.0.1./", yes), .init("http://127.1/", yes),
    .init("http://2130706433/", yes), .init("http://0x7f.1/", yes), .init("http://0x7F000001/", yes),
    .init("http://0x7f.0.0.0x1:80/", yes), .init("2130706433", yes), .init("http://127.0.0.2/", no),
    .init("http://0177.0.0.1/", unclear), .init("http://127.0.0.01/", unclear), .init("http://017700000001/", unclear),
    .init("http://127.0.0.256/", unclear), .init("http://4294967296/", unclear), .init("http://1.2.3.4.5/", unclear),
    .init("http://127.0.0.1.evil.net/", no), .init("http://evil.123/", unclear), .init("http://0x/", unclear),
    .init("http://\u{ff11}27.0.0.1/", yes), .init("http://\u{2460}27.0.0.1/", yes), .init("http://127\u{3002}1/", yes),
    // IPv6, and IPv4 within it
    .init("http://[::1]/", yes), .init("http://[0:0:0:0:0:0:0:1]:80/", yes), .init("[::1]", yes),
    .init("http://[::ffff:127.0.0.1]/", yes), .init("http://[::ffff:7f00:1]/", yes), .init("http://[::2]/", no),
    .init("http://[::127.0.0.1]/", unclear), .init("http://[64:ff9b::7f00:1]/", unclear),
    .init("http://[2002:7f00:1::]/", unclear), .init("http://[::1%25lo]/", unclear), .init("http://[::1/", unclear),
    .init("http://::1/", unclear), .init("http://[::1]x/", unclear), .init("http://[127.0.0.1]/", unclear),
    .init("http://[::ffff:0x7f.1]/", unclear), .init("http://[v1.x]/", unclear), .init("http://[]/", unclear),
    // international names
    .init("https://b\u{fc}cher.example/", yes), .init("https://bu\u{308}cher.example/", unclear),
    .init("https://B\u{dc}CHER.example/", yes), .init("https://xn--bcher-kva.example/", yes),
    .init("https://XN--BCHER-KVA.example/", yes), .init("https://ex\u{ad}ample.com/", yes),
    .init("https://\u{ff45}xample\u{ff0e}com/", yes), .init("https://ex\u{430}mple.com/", no),
    .init("https://xn--exmple-4nf.com/", no), .init("https://stra\u{df}e.example/", unclear),
    .init("https://xn--example-.com/", unclear), .init("https://xn--a\u{fc}.example/", unclear),
    .init("https://xn--99999999.example/", unclear), .init("https://a\u{200d}b.example/", unclear),
    .init("https://a\u{2044}b.example/", unclear), .init("https://example.com\u{2100}.evil.net/", unclear),
    .init("https://\u{202e}moc.example/", no),
]

@Suite("host_in")
struct HostInTests {
    private static let list = #"["example.com","*.example.org","127.0.0.1","::1","bücher.example"]"#

    private func judged(_ text: String, _ list: String = list) -> Judgement {
        judge(when("args.u", .hostIn, list), "{\"u\":\(quoted(text))}", in: .denyIf)
    }

    @Test("a URL is judged by the host that every reader finds in it", arguments: hosts)
    func judgesHost(_ line: PathCase) {
        #expect(judged(line.path) == line.judgement)
    }

    @Test("the list is normalised as the call is")
    func normalised() {
        for list in [#"["EXAMPLE.COM."]"#, #"["example.com"]"#, #"["\uff45xample.com"]"#] {
            #expect(judged("https://Example.com", list) == .holds)
        }
        #expect(judged("http://127.0.0.1", #"["[::ffff:7f00:1]"]"#) == .holds)
        #expect(judged("http://127.0.0.1", #"["0x7f.1"]"#) == .holds)
        #expect(judged("https://xn--bcher-kva.example", #"["*.example"]"#) == .holds)
        #expect(judged("https://a.b\u{fc}cher.example", #"["*.xn--bcher-kva.example"]"#) == .holds)
    }

    @Test("a name of 253 bytes is one, a longer one or a label over 63 is none")
    func lengths() {
        let label = String(repeating: "a", count: 63)
        let long = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(judged("https://\(long)/", "[\"\(long)\"]") == .holds)
        #expect(judged("https://\(long)b/") == .cannotBeJudged)
        #expect(judged("https://\(label)a.com/") == .cannotBeJudged)
    }

    @Test("only text is a URL", arguments: ["5", "null", #"["https://example.com"]"#, #"{"url":"x"}"#])
    func types(_ value: String) {
        #expect(judge(when("args.u", .hostIn, Self.list), "{\"u\":\(value)}", in: .require) == .cannotBeJudged)
    }

    @Test(
        "what is no host is refused",
        arguments: [
            #""example.com""#, "[5]", #"[""]"#, #"["*"]"#, #"["*."]"#, #"["*.1.2.3.4"]"#, #"["https://example.com"]"#,
            #"["example.com:80"]"#, #"["a.*.com"]"#, #"["example.com/x"]"#, #"["straße.example"]"#, #"["01.2.3.4"]"#,
        ])
    func lists(_ value: String) {
        #expect(throws: ComparisonError.self) {
            try Comparison(path: PolicyPath("args.u"), op: .hostIn, value: json(value))
        }
    }
}

@Suite("ip_in")
struct IPInTests {
    private func judged(_ text: String, _ list: String) -> Judgement {
        judge(when("args.a", .ipIn, list), "{\"a\":\(quoted(text))}", in: .denyIf)
    }

    /// Against `["10.0.0.0/8", "192.168.1.7", "fc00::/7", "0.0.0.0/32"]`.
    private static let addresses: [PathCase] = [
        .init("10.1.2.3", yes), .init("10.255.255.255", yes), .init("11.0.0.0", no), .init("9.255.255.255", no),
        .init("192.168.1.7", yes), .init("192.168.1.8", no), .init("fc00::1", yes), .init("FDFF::1", yes),
        .init("fe00::1", no), .init("::ffff:10.0.0.1", yes), .init("::ffff:a00:1", yes),
        .init("0:0:0:0:0:ffff:a00:1", yes),
        .init("::ffff:11.0.0.1", no), .init("::10.0.0.1", unclear), .init("64:ff9b::10.0.0.1", unclear),
        .init("2002:a00:1::", unclear), .init("2001:0:1::f5ff:fffe", unclear), .init("::ffff:0:10.0.0.1", unclear),
        .init("64:ff9b::8.8.8.8", no), .init("167772161", yes), .init("0xa.1", yes), .init("10.1", yes),
        .init("010.0.0.1", unclear), .init("10.0.0.1/8", unclear), .init("10.0.0.1:80", unclear),
        .init("[fc00::1]", unclear), .init("fe80::1%eth0", unclear), .init(" 10.0.0.1", unclear),
        .init("10.0.0.1\n", unclear), .init("10.0.0", yes), .init("10.0.0.", unclear), .init("10..0.1", unclear),
        .init("1::2::3", unclear), .init("1:2:3:4:5:6:7:8:9", unclear), .init("12345::", unclear),
        .init("::g", unclear),
        .init("1:2:3:4:5:6:7", unclear), .init(":", unclear), .init(":::", unclear), .init("1:", unclear),
        .init("::1.2.3", unclear), .init("localhost", unclear), .init("", unclear), .init("http://10.0.0.1", unclear),
        .init("\u{ff11}0.0.0.1", unclear), .init("0", yes), .init("::", no), .init("::1", no),
        .init("10.0.0.256", unclear),
    ]

    @Test("an address is judged in every form that leads to it", arguments: addresses)
    func judgesAddress(_ line: PathCase) {
        let list = #"["10.0.0.0/8","192.168.1.7","fc00::/7","0.0.0.0/32"]"#
        #expect(judged(line.path, list) == line.judgement)
    }

    @Test("a block of length nothing holds every address of its family, or of both")
    func everything() {
        #expect(judged("8.8.8.8", #"["0.0.0.0/0"]"#) == .holds)
        #expect(judged("2001:db8::1", #"["0.0.0.0/0"]"#) == .doesNotHold)
        #expect(judged("2001:db8::1", #"["::/0"]"#) == .holds)
        #expect(judged("8.8.8.8", #"["::/0"]"#) == .holds)
    }

    @Test("only text is an address", arguments: ["167772161", "null", #"["10.0.0.1"]"#])
    func types(_ value: String) {
        #expect(judge(when("args.a", .ipIn, #"["10.0.0.0/8"]"#), "{\"a\":\(value)}", in: .require) == .cannotBeJudged)
    }

    @Test(
        "what is no block is refused",
        arguments: [
            #""10.0.0.0/8""#, "[5]", #"[""]"#, #"["10.0.0.1/8"]"#, #"["10.0.0.0/33"]"#, #"["10.0.0.0/-1"]"#,
            #"["10.0.0.0/"]"#, #"["10.0.0.0/8/8"]"#, #"["fc00::/129"]"#, #"["example.com"]"#, #"["010.0.0.0/8"]"#,
            #"["10.0.0.0/+8"]"#,
        ])
    func blocks(_ value: String) {
        #expect(throws: ComparisonError.self) {
            try Comparison(path: PolicyPath("args.a"), op: .ipIn, value: json(value))
        }
    }
}
