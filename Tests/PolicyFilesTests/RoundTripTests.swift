import PolicyEngine
import PolicyFiles
import Testing
import WireJSON

@Suite("writing and reading")
struct RoundTripTests {
    @Test("what is written as JSON or YAML is read back as an equal document, without a word")
    func roundTrip() throws {
        var documents = RandomDocuments(seed: 11)
        for _ in 0..<600 {
            let document = documents.document()
            for (name, text) in [("p.json", PolicyWriter.json(document)), ("p.yaml", PolicyWriter.yaml(document))] {
                let (again, diagnostics) = PolicyFile.parse(bytes(text), name: name)
                let isSame = again == document
                #expect(isSame, "\(Self.difference(again, document))")
                #expect(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
            }
        }
    }

    /// The first line in which two documents differ.
    private static func difference(_ left: PolicyDocument?, _ right: PolicyDocument) -> String {
        guard let left else { return "not read: \(PolicyWriter.yaml(right))" }
        let lines = [left, right].map { PolicyWriter.json($0).split(separator: "\n") }
        let different = zip(lines[0], lines[1]).first { $0 != $1 }
        return different.map { "\($0)\n\($1)" } ?? "no line differs"
    }

    @Test("JSON and YAML forms decide alike")
    func decisions() throws {
        var documents = RandomDocuments(seed: 12)
        let calls = [
            "{}", #"{"a":5}"#, #"{"a":"no","list":[{"x":1}]}"#, #"{"a":null,"odd key":{"b":"é"}}"#,
            #"{"list":[{"x":"a"},{"X":"b"}],"amount":2.5}"#, #"{"amount":"2","A":1}"#,
        ]
        for _ in 0..<200 {
            let document = documents.document()
            guard let json = PolicyFile.parse(bytes(PolicyWriter.json(document)), name: "p.json").document,
                let yaml = PolicyFile.parse(bytes(PolicyWriter.yaml(document)), name: "p.yaml").document
            else {
                Issue.record("not read: \(PolicyWriter.yaml(document))")
                continue
            }
            let left = try Policy(compiling: json, id: "p", version: 1)
            let right = try Policy(compiling: yaml, id: "p", version: 1)
            for tool in ["list_users", "delete_x", "a b", "é", "true"] {
                let tool = ToolName(tool)!
                #expect(left.visibility(of: tool) == right.visibility(of: tool))
                let context = PolicyContext(tool: tool, serverName: "s", grantLabel: "no", grantTags: ["team": "5"])
                for call in calls {
                    let request = PolicyRequest(arguments: try JSON(bytes(call)), context: context)
                    let one = left.rules(for: tool, inputSchema: nil).decide(request)
                    #expect(one == right.rules(for: tool, inputSchema: nil).decide(request))
                }
            }
        }
    }

    @Test("the expanded document is read back and has no shorthand but rates of patterns")
    func expanded() {
        var documents = RandomDocuments(seed: 13)
        for _ in 0..<200 {
            let expanded = documents.document().expanded
            let again = PolicyFile.parse(bytes(PolicyWriter.yaml(expanded)), name: "p.yaml").document
            let isSame = again == expanded
            #expect(isSame, "\(Self.difference(again, expanded))")
            for entry in expanded.tools.entries {
                #expect(entry.group.action == nil)
                #expect(entry.group.rateLimit == nil || !entry.names.isExact)
            }
        }
    }

    @Test("spellings of windows mean one window, and are written the shortest way")
    func windows() {
        let spellings: [(String, LimitWindow, String)] = [
            ("second", .seconds(1), "second"), ("1", .seconds(1), "second"), ("\"60s\"", .seconds(60), "minute"),
            ("60", .seconds(60), "minute"),
            ("minute", .seconds(60), "minute"), ("\"15m\"", .seconds(900), "15m"), ("900", .seconds(900), "15m"),
            ("\"2h\"", .seconds(7_200), "2h"),
            ("hour", .seconds(3_600), "hour"), ("\"24h\"", .seconds(86_400), "day"),
            ("\"7d\"", .seconds(604_800), "7d"), ("90", .seconds(90), "90s"),
            ("month", .month, "month"),
        ]
        for (written, window, shortest) in spellings {
            let text =
                "version: \"1\"\ndefault: deny\nall_tools: { limits: [{ counter: c, window: \(written), max: 1 }] }\n"
            guard let document = PolicyFile.parse(bytes(text), name: "p.yaml").document else {
                Issue.record("\(written)")
                continue
            }
            #expect(document.allTools?.limits.first?.window == window)
            #expect(
                PolicyWriter.yaml(document).contains("window: \(shortest)")
                    || PolicyWriter.yaml(document).contains("window: \"\(shortest)\""))
        }
        for wrong in [
            "0", "-1", "1.5", "\"0m\"", "\"m\"", "\"15\u{a0}m\"", "\"15M\"", "\"1h30m\"", "\"99999999999s\"", "weeks",
            "\"\"", "null",
        ] {
            let text =
                "version: \"1\"\ndefault: deny\nall_tools: { limits: [{ counter: c, window: \(wrong), max: 1 }] }\n"
            #expect(PolicyFile.parse(bytes(text), name: "p.yaml").document == nil)
        }
    }
}
