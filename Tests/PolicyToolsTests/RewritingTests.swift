import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools
import Testing
import WireJSON

@Suite("policy fmt and show")
struct RewritingTests {
    private static let untidy = """
        tools:
            get_user: { }
            "list_*":   {action: allow}
            create_charge:
                reason: Too many.
                deny_if:
                - on_deny: Over the cap.
                  conditions:
                  - {op: gt, value: 500, path: args.amount}
                rate_limit: {window: 3600, max: 20}
        default: deny
        version: '1'

        """

    @Test("a policy is written in one form, its tools in their order")
    func format() throws {
        let (formatted, diagnostics) = PolicyFormatter.format(bytes(Self.untidy), name: "policy.yaml")
        #expect(diagnostics.isEmpty)
        let text = try #require(formatted)
        #expect(text.isChanged && text.firstComment == nil)
        try expect(text.text, isGolden: "fmt/tidy.yaml")
        // What is tidy stays.
        let again = try #require(PolicyFormatter.format(bytes(text.text), name: "policy.yaml").formatted)
        #expect(!again.isChanged && again.text == text.text)
        #expect(try document(text.text) == document(Self.untidy))
    }

    @Test("JSON stays JSON")
    func json() throws {
        let text = PolicyFormatter.write(try document(Self.untidy), as: .json)
        try expect(text, isGolden: "fmt/tidy.json")
        #expect(PolicyFormatter.format(bytes(text), name: "p.json").formatted?.isChanged == false)
    }

    /// Text, and the line of its first comment.
    private static let comments: [(String, Int?)] = [
        ("# a policy\nversion: \"1\"\ndefault: deny\n", 1),
        ("version: \"1\"\ndefault: deny # at first\n", 2),
        ("version: \"1\"\ndefault: deny\ndescription: \"no # comment\"\n", nil),
        ("version: \"1\"\ndefault: deny\ndescription: it's no#comment\n", nil),
        ("version: \"1\"\ndefault: deny\ndescription: it's # one\n", 3),
        ("version: \"1\"\ndefault: deny\ndescription: |\n  not # one\n", nil),
        ("version: \"1\"\ndefault: deny\ndescription: |\n  not # one\n# but this\n", 5),
        ("version: \"1\"\ndefault: deny\ntools: { \"#x\": {} } #\n", 3),
    ]

    @Test("it is said which comment would be lost", arguments: comments.indices)
    func losesComments(_ row: Int) throws {
        let (text, line) = Self.comments[row]
        #expect(PolicyFormatter.format(bytes(text), name: "p.yaml").formatted?.firstComment == line)
    }

    @Test("a policy with an error is not written")
    func error() {
        let (formatted, diagnostics) = PolicyFormatter.format(bytes("version: \"1\"\n"), name: "p.yaml")
        #expect(formatted == nil)
        #expect(diagnostics.count == 1)
    }

    @Test("every shorthand is shown in its long form")
    func expanded() throws {
        let text = try String(
            contentsOf: Fixture.examples.appendingPathComponent("shorthands/policy.yaml"), encoding: .utf8)
        try expect(PolicyFormatter.write(document(text).expanded, as: .yaml), isGolden: "fmt/expanded.yaml")
    }
}

@Suite("policy schema")
struct SchemaTests {
    @Test("the schema is JSON, and knows every word that the language has")
    func words() throws {
        let schema = try JSON(bytes(PolicySchema.json))
        #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        let comparison = schema["$defs"]?["comparison"]?["properties"]
        #expect(comparison?["op"]?["enum"]?.elements.compactMap(\.string) == Operator.allCases.map(\.rawValue))
        try expect(PolicySchema.json, isGolden: "schema/policy-1.json")
    }
}

@Suite("policy test, for build servers")
struct JUnitTests {
    @Test("failed cases carry their differences, and no text breaks the XML")
    func xml() throws {
        let policy = try Policy(compiling: document("version: \"1\"\ndefault: allow\n"), id: "p", version: 1)
        let cases = """
            - { name: "reads \\"pass\\"", call: { tool: read }, expect: allow }
            - { name: "deletes <are> denied & \\u001b[2J", call: { tool: delete }, expect: deny }

            """
        let results = try #require(GoldenCases.parse(bytes(cases), name: "a/cases.yaml").cases).run(policy)
        let text = JUnitReport.xml([
            .init(name: "a", results: results), .init(name: "b", results: [results[0]]),
        ])
        try expect(text, isGolden: "junit/report.xml")
        let parser = XMLCheck(text)
        #expect(parser.isWellFormed)
    }
}

/// Tells whether Python reads a text as XML.
private struct XMLCheck {
    let isWellFormed: Bool

    init(_ text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())",
        ]
        let input = Pipe()
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            isWellFormed = process.terminationStatus == 0
        } catch {
            isWellFormed = false
        }
    }
}
