import PolicyEngine
import Testing

/// A path, and how `path_within` of some folders ends for it.
struct PathCase: CustomTestStringConvertible, Sendable {
    let path: String
    let judgement: Judgement

    init(_ path: String, _ judgement: Judgement) {
        self.path = path
        self.judgement = judgement
    }

    var testDescription: String { path.debugDescription }
}

private let yes = Judgement.holds
private let no = Judgement.doesNotHold
private let unclear = Judgement.cannotBeJudged

/// Against `["/srv/data", "/Tmp"]`.
private let absolute: [PathCase] = [
    .init("/srv/data", yes), .init("/srv/data/", yes), .init("/srv/data/a.txt", yes), .init("/srv/data/a/b.c/d", yes),
    .init("/Tmp/x", yes), .init("/srv", no), .init("/", no), .init("/srv/database", no), .init("/srv/data.txt", no),
    .init("/etc/passwd", no), .init("/srv/data2/../x", no),
    // `.`, `..` and repeated separators are resolved
    .init("/srv/./data/x", yes), .init("//srv///data//x", yes), .init("/srv/data/../data/x", yes),
    .init("/srv/data/..", no), .init("/srv/data/../../etc/passwd", no), .init("/../../srv/data/x", yes),
    .init("/srv/data/x/../../../etc", no), .init("/srv/data/./..", no), .init("/srv/data/a/../..", no),
    .init("/srv/data/.hidden", yes), .init("/srv/data/..hidden", yes), .init("/srv/.data", no),
    .init("/srv/data/-x", yes), .init("/srv/data/a.-b", yes), .init("/srv/data/My File.txt", yes),
    // encoded: every reading must come to the same
    .init("/srv/data/%61", yes), .init("/srv/data/a%20b", yes), .init("/srv/data/100%", yes),
    .init("/srv/data/%2e%2e/%2e%2e/etc/passwd", unclear), .init("/srv/data/..%2f..%2fetc/passwd", unclear),
    .init("/srv%2Fdata/x", unclear), .init("/etc/%70asswd", no), .init("/srv/data/%252e%252e/%252e%252e/etc", unclear),
    .init("/srv/data/%25252525252e", unclear), .init("/srv/data/%00", unclear), .init("/srv/data/%5c..%5c..", unclear),
    .init("/srv/data/%c0%ae%c0%ae/x", unclear), .init("/srv/data/%u002e%u002e/x", unclear),
    .init("/srv/data/%ff", unclear), .init("/srv/data/%2e%2e", unclear), .init("/srv/data/%2e", yes),
    // what some readers take otherwise
    .init("/srv/data\\..\\..\\etc", unclear), .init("\\srv\\data", unclear), .init("/srv/data/a\u{0}.txt", unclear),
    .init("/srv/data/\u{0}../../etc", unclear), .init("/srv/data/a\nb", unclear), .init("/srv/data/\u{7f}", unclear),
    .init(" /srv/data/x", unclear), .init("/srv/data/x ", unclear), .init("/srv/data/x./y", unclear),
    .init("/srv/data/.. /etc", unclear), .init("/srv/data/...", unclear), .init("/srv/data/..;/..;/etc", unclear),
    .init("/srv/data/{x,../../etc/passwd}", unclear), .init("/srv/data/{a,b}", yes), .init("", unclear),
    .init("C:/srv/data/x", unclear), .init("/C:/srv", unclear), .init("file:///srv/data/x", unclear),
    .init("FILE:/srv/data/x", unclear), .init("https://a/srv/data/x", unclear), .init("~/x", unclear),
    .init("~root/x", unclear), .init("$HOME/x", unclear), .init("%HOME%/x", unclear),
    // relative: where the server stands is not known
    .init("x", unclear), .init("srv/data/x", unclear), .init("./x", unclear), .init("../srv/data/x", unclear),
    .init(".", unclear),
    // letters that a file system may not tell apart
    .init("/SRV/data/x", unclear), .init("/srv/DATA", unclear), .init("/tmp/x", unclear), .init("/srv/data/X", yes),
    .init("/srv/data/caf\u{e9}", yes), .init("/\u{ff53}rv/data/x", unclear), .init("/srv\u{ff0f}data/x", unclear),
    .init("/srv/data/\u{2025}/\u{2025}/etc", unclear), .init("/srv/data/\u{ff0e}\u{ff0e}/x", unclear),
    .init("/srv/data/\u{2024}\u{2024}/../x", unclear), .init("/srv/data/a\u{2215}b", unclear),
    .init("/srv/data/a\u{2044}b", unclear), .init("/srv/da\u{200b}ta/x", unclear), .init("/srv/data/\u{202e}x", yes),
    .init("/\u{e9}tc", no), .init("/srv/DATA/\u{2025}", unclear), .init("/srv/data/a\u{2026}", unclear),
]

/// Against `["docs"]`.
private let relative: [PathCase] = [
    .init("docs", yes), .init("docs/a.md", yes), .init("./docs/a.md", yes), .init("docs//a", yes), .init("src", no),
    .init("docs/../src", no), .init("docs2/a", no), .init("src/../docs/a", yes), .init("../docs/a", unclear),
    .init("docs/../../docs/a", unclear), .init("/docs/a", unclear), .init("DOCS/a", unclear), .init(".", no),
    .init("file:docs/a", unclear), .init("docs/..\\..", unclear), .init("docs/%2e%2e/x", unclear),
]

/// Against `["file:///srv/data"]`.
private let urls: [PathCase] = [
    .init("file:///srv/data/x", yes), .init("file://localhost/srv/data/x", yes), .init("FILE:///srv/data/x", yes),
    .init("file:///srv/data/a%20b", yes), .init("file:///srv/data/%2e%2e/x", no), .init("file:///etc/passwd", no),
    .init("file:///srv%2Fdata/x", yes), .init("file:///srv/data/%252e%252e/x", unclear),
    .init("file:///srv/data?x", unclear), .init("file:///srv/data#x", unclear), .init("file:/srv/data/x", unclear),
    .init("file://evil/srv/data/x", unclear), .init("/srv/data/x", unclear), .init("https:///srv/data/x", unclear),
    .init("file:///srv/data/%ff", unclear), .init("file:///srv/data/../../etc", no),
]

@Suite("path_within")
struct PathWithinTests {
    private func judged(_ path: String, _ folders: String) -> Judgement {
        judge(when("args.p", .pathWithin, folders), "{\"p\":\(quoted(path))}", in: .denyIf)
    }

    @Test("a path is judged by where it leads, and not at all where readers part", arguments: absolute)
    func absolutePaths(_ line: PathCase) {
        #expect(judged(line.path, #"["/srv/data","/Tmp"]"#) == line.judgement)
    }

    @Test("a relative path is judged by relative folders", arguments: relative)
    func relativePaths(_ line: PathCase) {
        #expect(judged(line.path, #"["docs"]"#) == line.judgement)
    }

    @Test("a file URL is judged by folders that are file URLs", arguments: urls)
    func urlPaths(_ line: PathCase) {
        #expect(judged(line.path, #"["file:///srv/data"]"#) == line.judgement)
    }

    @Test("folders of several forms: a path may lie in one of its own; that it lies in none is not known")
    func mixed() {
        #expect(judged("docs/a", #"["/srv","docs"]"#) == .holds)
        #expect(judged("src/a", #"["/srv","docs"]"#) == .cannotBeJudged)
        #expect(judged("/srv/a", #"["/srv","docs"]"#) == .holds)
        #expect(judged("/etc", #"["/srv","docs"]"#) == .cannotBeJudged)
    }

    @Test("the root holds every absolute path, the present folder every relative one that does not climb out")
    func roots() {
        #expect(judged("/etc/passwd", #"["/"]"#) == .holds)
        #expect(judged("/", #"["/"]"#) == .holds)
        #expect(judged("a/b", #"["."]"#) == .holds)
        #expect(judged("a/../../b", #"["."]"#) == .cannotBeJudged)
        #expect(judged("$HOME/.ssh", #"["."]"#) == .cannotBeJudged)
        #expect(judged("file:/etc", #"["."]"#) == .cannotBeJudged)
    }

    @Test("an everyday path, which is judged where it lies, is judged as the same path in a URL, which is resolved")
    func everyday() {
        var chance = Chance(seed: 31)
        let names = ["srv", "data", "Data", "..", ".", "a.b", "", "x-", "-x", ".x", "x.", "data2", "..x"]
        let conditions = [#"["/srv/data","/x-"]"#, #"["file:///srv/data","file:///x-"]"#].map {
            when("args.p", .pathWithin, $0)
        }
        let rules = conditions.map {
            policy(document([("t", group(.denyIf, [$0]))])).rules(for: name("t"), inputSchema: nil)
        }
        for _ in 0..<5_000 {
            let path = "/" + (0..<chance.number(0...5)).map { _ in chance.pick(names) }.joined(separator: "/")
            let judgements = zip(rules, [path, "file://" + path]).map { rules, path in
                let request = PolicyRequest(arguments: json("{\"p\":\"\(path)\"}"), context: context("t"))
                return rules.trace(request).steps[0].judgement
            }
            let isSame = judgements[0] == judgements[1]
            #expect(isSame, "\(path): \(judgements)")
        }
    }

    @Test("no folder holds nothing")
    func none() {
        #expect(judged("/a", "[]") == .doesNotHold)
    }

    @Test("only text is a path", arguments: ["5", "null", "true", #"["/srv/data"]"#, #"{"path":"/srv/data"}"#])
    func types(_ value: String) {
        #expect(
            judge(when("args.p", .pathWithin, #"["/srv/data"]"#), "{\"p\":\(value)}", in: .denyIf) == .cannotBeJudged)
    }

    @Test("an absent path lies nowhere")
    func absent() {
        #expect(judge(when("args.p", .pathWithin, #"["/srv"]"#), "{}", in: .denyIf) == .doesNotHold)
        #expect(judge(when("args.p", .pathWithin, #"["/srv"]"#), "{}", in: .require) == .doesNotHold)
    }

    @Test("a text over the bound cannot be judged")
    func bound() {
        let long = "/srv/" + String(repeating: "a", count: PolicyBounds.judgedTextBytes)
        #expect(judged(long, #"["/srv"]"#) == .cannotBeJudged)
    }

    @Test(
        "what is no folder is refused",
        arguments: [
            #""/srv""#, "[5]", #"[""]"#, #"["/srv/../etc"]"#, #"["/srv/%61"]"#, #"["C:\\x"]"#, #"["~/x"]"#,
            #"["file://host/x"]"#, #"["C:/x"]"#, "[null]",
        ])
    func folders(_ value: String) {
        #expect(throws: ComparisonError.self) {
            try Comparison(path: PolicyPath("args.p"), op: .pathWithin, value: json(value))
        }
    }
}
