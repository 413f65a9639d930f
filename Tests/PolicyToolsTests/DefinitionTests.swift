import PolicyEngine
import PolicyTools
import Testing

@Suite("tool definitions")
struct DefinitionTests {
    private static let shapes = [
        #"[{"name":"a"},{"name":"b"}]"#, #"{"tools":[{"name":"a"},{"name":"b"}]}"#,
        #"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"},{"name":"b"}]}}"#,
    ]

    @Test("a list is read as the result, the answer that carries it, or the bare array", arguments: shapes)
    func reads(_ text: String) throws {
        #expect(try ToolDefinitions(reading: bytes(text)).tools.map(\.name.description) == ["a", "b"])
    }

    private static let refused = [
        "": "this is not JSON that can be read in one way only: no value at byte 0",
        "{}": "a list of tools is `{\"tools\": [...]}`, the result of `tools/list`",
        #"{"tools":{}}"#: "a list of tools is `{\"tools\": [...]}`, the result of `tools/list`",
        #"[{"name":"a"},{"title":"b"}]"#: "tool 2 of the list has no `name`",
        #"[{"name":""}]"#: "tool 1 of the list has no `name`",
        #"[{"name":"a"},{"name":"a","title":"other"}]"#: "two tools of the list have one name",
        #"{"tools":[],"tools":[]}"#: "this is not JSON that can be read in one way only: duplicate key at byte 12",
    ]

    @Test("what is no list of tools is refused with a reason", arguments: refused.sorted { $0.key < $1.key })
    func refuses(_ line: (key: String, value: String)) {
        #expect(throws: ToolDefinitions.Refusal.self) { try ToolDefinitions(reading: bytes(line.key)) }
        do throws(ToolDefinitions.Refusal) { _ = try ToolDefinitions(reading: bytes(line.key)) } catch {
            #expect(error.description == line.value)
        }
    }

    @Test("names are found by their bytes")
    func bytewise() throws {
        let tools = try ToolDefinitions(reading: bytes("[{\"name\":\"caf\u{e9}\"}]"))
        #expect(tools[try #require(ToolName("caf\u{e9}"))] != nil)
        #expect(tools[try #require(ToolName("cafe\u{301}"))] == nil)
    }

    /// Name, claims, category, advice.
    private static let appraised: [(String, ToolDefinition.Claims, ToolAppraisal.Category, ToolAppraisal.Advice)] = [
        ("list_users", .init(isReadOnly: true), .read, .allow),
        ("list_users", .init(), .read, .requireApproval),
        ("listUsers", .init(isReadOnly: true), .read, .allow),
        ("get_charge", .init(isReadOnly: true), .read, .allow),
        ("users", .init(isReadOnly: true), .write, .requireApproval),
        ("kubectl_generic", .init(isReadOnly: true), .write, .requireApproval),
        ("list_and_delete", .init(isReadOnly: true), .read, .requireApproval),
        ("execute_sql", .init(isReadOnly: true), .execute, .deny),
        ("delete_user", .init(isReadOnly: true), .destructive, .deny),
        ("DeleteUser", .init(), .destructive, .deny),
        ("archive", .init(isDestructive: true), .destructive, .deny),
        ("create_refund", .init(), .financial, .requireApproval),
        ("create_user", .init(), .write, .requireApproval),
        ("", .init(), .write, .requireApproval),
    ]

    @Test("names and claims are believed only where they agree that there is no danger", arguments: appraised.indices)
    func appraisal(_ row: Int) throws {
        let (name, claims, category, advice) = Self.appraised[row]
        let tool = ToolDefinition(name: try #require(ToolName(name.isEmpty ? "?" : name)), claims: claims)
        let appraisal = ToolAppraisal.careful(tool)
        #expect(appraisal.category == category)
        #expect(appraisal.advice == advice)
    }
}
