import Foundation
import ToolCatalogue
import WireJSON

/// Definitions of many servers as a JSON Lines file holds them: one tool a line, with its `server`, and where known
/// `package` and `version`.
struct CatalogDefinitions {
    struct Tool {
        let definition: ToolDefinition
        let json: JSON
        /// Its line in the file, from 1.
        let line: Int

        var name: String { String(decoding: definition.name, as: UTF8.self) }

        /// The definition as `tools/list` has it, as far as the file holds it: its hash is the live definition's where
        /// the file left nothing out.
        var listed: JSON {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("name")
            writer.string(utf8: definition.name)
            for key in ["title", "description", "inputSchema", "outputSchema", "annotations", "icons", "_meta"] {
                guard let value = json[key], !value.isNull else { continue }
                writer.key(key)
                writer.value(value)
            }
            writer.endObject()
            return (try? JSON(lenient: writer.bytes)) ?? json
        }
    }

    struct Server {
        let name: String
        let package: String?
        let version: String?
        let provider: String?
        var tools: [Tool]

        var context: ServerContext { ServerContext(tools: tools.map(\.definition)) }
    }

    /// A line that was passed over, and why.
    struct Skipped: CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line): \(reason)" }
    }

    /// In the order in which they first appear.
    private(set) var servers: [Server] = []
    private(set) var skipped: [Skipped] = []

    /// Bytes of a whole file, and of one line.
    static let largestFile = 512 << 20
    private static let largestLine = 16 << 20

    init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("the definitions file `\(path)` cannot be opened")
        }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: Self.largestFile + 1) else {
            throw CommandFailure("the definitions file `\(path)` cannot be read")
        }
        guard data.count <= Self.largestFile else {
            throw CommandFailure("the definitions file `\(path)` is too large")
        }
        self.init(bytes: Array(data))
    }

    init(bytes: [UInt8]) {
        // By bytes: two names that only look alike are two servers.
        var places: [[UInt8]: Int] = [:]
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 <= 0x20 }) { continue }
            switch Self.tool(in: line) {
            case .failure(let skipped): self.skipped.append(Skipped(line: number + 1, reason: skipped.reason))
            case .success(let (server, definition, json)):
                let tool = Tool(definition: definition, json: json, line: number + 1)
                if let place = places[Array(server.utf8)] {
                    servers[place].tools.append(tool)
                } else {
                    places[Array(server.utf8)] = servers.count
                    servers.append(
                        Server(
                            name: server, package: tool.json["package"]?.string,
                            version: tool.json["version"]?.string, provider: tool.json["provider"]?.string,
                            tools: [tool]))
                }
            }
        }
    }

    private struct Unreadable: Error { let reason: String }

    private static func tool(in line: ArraySlice<UInt8>) -> Result<(String, ToolDefinition, JSON), Unreadable> {
        guard line.count <= largestLine else { return .failure(Unreadable(reason: "longer than 16 MiB")) }
        let json: JSON
        do {
            json = try JSON(lenient: Array(line))
        } catch {
            return .failure(Unreadable(reason: "no JSON: \(error)"))
        }
        guard let definition = ToolDefinition(json) else { return .failure(Unreadable(reason: "no tool with a name")) }
        return .success((json["server"]?.string ?? "", definition, json))
    }
}
