import ClientFiles
import Foundation
import ToolCatalogue
import ToolInventory
import WireJSON

/// What a scan looks at: servers that configurations name or a person typed, and definitions that a file holds.
struct ScanTargets {
    /// A server and where it was named.
    struct Named {
        let server: ConfiguredServer
        let client: MCPClient?
        /// Nil for one that was typed: to type it is to say that it be asked.
        let file: String?
    }

    /// A server whose definitions a file holds.
    struct Held {
        let name: String
        let file: String
        let package: String?
        let version: String?
        let definitions: [JSON]
    }

    private(set) var named: [Named] = []
    private(set) var held: [Held] = []
    private(set) var files: [String] = []
    private(set) var problems: [InventoryProblem] = []

    /// - Parameter words: Files, folders and addresses; with none and no command, wherever clients keep their files.
    init(_ words: [String], command: [String], headers: [ConfiguredServer.Entry]) throws {
        var search = ConfigurationSearch()
        if let program = command.first {
            let transport = ConfiguredServer.Transport.command(
                program: Concealed(program), arguments: command.dropFirst().map { Concealed($0) })
            let name = ShownServer(ConfiguredServer(name: "", transport: transport)).text
            named.append(
                Named(
                    server: ConfiguredServer(
                        name: name.split(separator: " ").first.map(String.init) ?? "server", transport: transport,
                        environment: Self.wholeEnvironment),
                    client: nil, file: nil))
        } else if words.isEmpty {
            search.searchHome(HomeFolder.path(), project: FileManager.default.currentDirectoryPath)
        }
        for word in words {
            if word.lowercased().hasPrefix("http://") || word.lowercased().hasPrefix("https://") {
                let server = ConfiguredServer(name: "server", transport: .url(Concealed(word)), headers: headers)
                named.append(Named(server: server, client: nil, file: nil))
            } else if let held = try DefinitionsFile.read(word) {
                self.held += held.servers
                problems += held.problems
                files.append(word)
            } else {
                try search.search(word)
            }
        }
        files += search.files
        problems += search.problems
        named += search.found.map { Named(server: $0.server, client: $0.client, file: $0.file) }
    }

    /// A command that was typed gets what it would get from a shell.
    private static var wholeEnvironment: [ConfiguredServer.Entry] {
        ProcessInfo.processInfo.environment.map { .init(name: $0.key, value: .text(Concealed($0.value))) }
    }
}

/// A file of definitions: a line each, or a saved answer to `tools/list`.
private enum DefinitionsFile {
    /// Nil where the file is something else.
    static func read(_ path: String) throws -> (servers: [ScanTargets.Held], problems: [InventoryProblem])? {
        if path.lowercased().hasSuffix(".jsonl") {
            let file = try CatalogDefinitions(path: path)
            let servers = file.servers.map { server in
                ScanTargets.Held(
                    name: server.name.isEmpty ? "server" : server.name, file: path, package: server.package,
                    version: server.version, definitions: server.tools.map(\.listed))
            }
            return (servers, file.skipped.map { InventoryProblem(file: path, line: $0.line, $0.reason) })
        }
        guard path.lowercased().hasSuffix(".json"),
            let bytes = RegularFile.bytes(path, atMost: ClientFileBounds.fileBytes),
            let json = try? JSON(lenient: bytes)
        else { return nil }
        let list = json["tools"] ?? json["result"]?["tools"] ?? json
        guard list.kind == .array, list.count <= InventoryBounds.toolsPerServer else { return nil }
        let definitions = Array(list.elements)
        guard definitions.allSatisfy({ ToolDefinition($0) != nil }) else { return nil }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let held = ScanTargets.Held(name: name, file: path, package: nil, version: nil, definitions: definitions)
        return ([held], [])
    }
}
