import ArgumentParser
import Foundation
import GatewayStorage
import PolicyEngine
import PolicyFiles
import WireJSON

struct PolicyExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Tell what a policy decides about one call, and why.",
        discussion: """
            CALL.json holds {"tool": "delete_user", "arguments": {"user_name": "ada"}} and, if wanted, "schema" (the tool's
            input schema) and "context" ({"server": …, "grant": …, "tags": {…}, "principal": …}).

                $ gatehouse policy explain policy.yaml --call call.json
                /tools/delete_user/action denies
                denied by /tools/delete_user/action: Users are removed by hand.
            """)

    @Argument(help: ArgumentHelp("The policy.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The call to judge.", valueName: "call.json"))
    var call: String

    @Flag(help: "Print a JSON object.") var json = false

    func run() throws {
        let policy = try Policy(compiling: try PolicyDocuments.load(file), id: file, version: 1)
        let asked = try Self.load(call)
        let visibility = policy.visibility(of: asked.tool)
        let trace = policy.rules(for: asked.tool, inputSchema: asked.schema).trace(asked.request)
        let isVisible = visibility == .visible
        let lines =
            isVisible ? trace.lines : ["not visible (\(Self.words(visibility))): answered -32602, nothing is sent"]
        guard json else { return print(lines.joined(separator: "\n")) }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("visible")
        writer.bool(isVisible)
        writer.key("outcome")
        if !isVisible {
            writer.string("not_visible")
        } else if case .denied(let denial) = trace.decision {
            writer.string("denied")
            writer.key("rule")
            writer.string(denial.rule.description)
            writer.key("message")
            writer.string(denial.message)
        } else {
            writer.string("permitted")
        }
        writer.key("trace")
        writer.beginArray()
        for line in lines { writer.string(line) }
        writer.endArray()
        writer.endObject()
        print(String(decoding: writer.bytes, as: UTF8.self))
    }

    private static func words(_ visibility: Visibility) -> String {
        switch visibility {
        case .visible: "visible"
        case .hidden(let rule): "hidden by \(rule)"
        case .unlisted: "default deny"
        }
    }

    private struct Asked {
        let tool: ToolName
        let schema: JSON?
        let request: PolicyRequest
    }

    private static func load(_ path: String) throws -> Asked {
        let bytes = try ReadFile.bytes(path, atMost: JSONLimits.request.bytes, "the call file")
        let json: JSON
        do throws(JSONError) { json = try JSON(bytes) } catch {
            throw CommandFailure("\(path): this is not JSON that can be read in one way only: \(error)", .checkFailed)
        }
        guard let tool = json["tool"]?.utf8.flatMap(ToolName.init) else {
            throw CommandFailure("\(path): `tool` must name the tool", .checkFailed)
        }
        let context = json["context"]
        var tags: [String: String] = [:]
        if let given = context?["tags"] {
            for (key, value) in given.members { tags[key.string] = value.string }
        }
        let request = PolicyRequest(
            arguments: json["arguments"],
            context: PolicyContext(
                tool: tool, serverName: context?["server"]?.string ?? "server",
                grantLabel: context?["grant"]?.string ?? "grant", grantTags: tags,
                principalID: context?["principal"]?.string, time: WallTime.system().milliseconds))
        return Asked(tool: tool, schema: json["schema"], request: request)
    }
}
