import ArgumentParser
import Foundation
import PolicyTools
import WireJSON

/// Where a command takes the definitions of a server's tools from.
struct ToolSourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The tools the policy is for: a saved result of `tools/list`, as JSON.", valueName: "tools.json"))
    var tools: String?

    @Option(help: ArgumentHelp("Ask this server of the configuration for its tools.", valueName: "name"))
    var server: String?

    @Option(
        help: ArgumentHelp(
            "The configuration that declares the server (default: $GATEHOUSE_CONFIG or gatehouse.yaml).",
            valueName: "file"))
    var config: String?

    func validate() throws {
        guard tools == nil || server == nil else { throw ValidationError("give either --tools or --server") }
        guard server != nil || config == nil else { throw ValidationError("--config goes with --server") }
    }

    /// The definitions; `nil` when none were asked for.
    func definitions() async throws -> ToolDefinitions? {
        if let server { return try await ServerTools.list(server, declaredIn: config) }
        return try tools.map { try Self.read($0) }
    }

    /// Reads a file of definitions.
    static func read(_ file: String) throws -> ToolDefinitions {
        let bytes = try ReadFile.bytes(file, atMost: JSONLimits.upstream.bytes, "the file of tools")
        do throws(ToolDefinitions.Refusal) { return try ToolDefinitions(reading: bytes) } catch {
            throw CommandFailure("\(file): \(error)", .checkFailed)
        }
    }
}
