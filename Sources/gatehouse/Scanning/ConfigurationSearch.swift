import ClientFiles
import Foundation
import ToolInventory

/// Finds the configuration files of clients, and reads the servers they name.
struct ConfigurationSearch {
    /// A server and the file that names it.
    struct Found {
        let server: ConfiguredServer
        let client: MCPClient?
        let file: String
    }

    private(set) var files: [String] = []
    private(set) var found: [Found] = []
    private(set) var problems: [InventoryProblem] = []
    private var seen = Set<String>()
    /// Bytes that may still be read.
    private var left: Int

    init(bytes: Int = InventoryBounds.fileBytes) { left = bytes }

    /// Base names of files that clients use; of others, those that name servers are told.
    private static let names: Set<String> = Set(
        ClientPlace.all.compactMap { $0.path.split(separator: "/").last.map(String.init) })
    private static let passedFolders: Set<String> = ["node_modules", ".git", ".build", ".venv", "__pycache__"]

    /// Looks where the clients on this platform keep their files, for this person and in the current folder.
    mutating func searchHome(_ home: String, project: String) {
        for place in ClientPlace.all(on: .current) {
            let path =
                switch place.root {
                case .home, .roaming: home + "/" + place.underHome
                case .project: project + "/" + place.path
                case .machine: "/" + place.path
                }
            if FileManager.default.fileExists(atPath: path) { read(path, client: place.client) }
        }
    }

    /// Reads a file or goes through a folder that was named.
    mutating func search(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("there is no file or folder `\(path)`")
        }
        if isFolder.boolValue { walk(path) } else { read(path, client: ClientPlace.client(ofFileAt: path)) }
    }

    private mutating func walk(_ folder: String) {
        var left = InventoryBounds.folderEntries
        var folders: [(path: String, depth: Int)] = [(folder, 0)]
        while let (path, depth) = folders.popLast() {
            for name in ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() {
                left -= 1
                guard left > 0 else {
                    return problems.append(
                        InventoryProblem(file: folder, "the folder holds more than is looked at"))
                }
                let entry = path + "/" + name
                // A link could lead anywhere, also back.
                guard let attributes = try? FileManager.default.attributesOfItem(atPath: entry) else { continue }
                switch attributes[.type] as? FileAttributeType {
                case .typeDirectory where depth < InventoryBounds.folderDepth && !Self.passedFolders.contains(name):
                    folders.append((entry, depth + 1))
                case .typeRegular where name.hasSuffix(".json") || name.hasSuffix(".jsonc") || name.hasSuffix(".toml"):
                    let isNamedSo = Self.names.contains(name)
                    read(entry, client: ClientPlace.client(ofFileAt: entry), isCertain: isNamedSo)
                default: break
                }
            }
        }
    }

    /// - Parameter isCertain: the file is a client's; of another, only servers are told.
    private mutating func read(_ path: String, client: MCPClient?, isCertain: Bool = true) {
        guard seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted else { return }
        guard files.count < InventoryBounds.files else {
            return problems.append(InventoryProblem(file: path, "there are more files than are read"))
        }
        guard let bytes = RegularFile.bytes(path, atMost: min(ClientFileBounds.fileBytes, left) + 1) else {
            if isCertain { problems.append(InventoryProblem(file: path, "the file cannot be read")) }
            return
        }
        guard bytes.count <= left || bytes.count > ClientFileBounds.fileBytes else {
            left = 0
            return problems.append(InventoryProblem(file: path, "all files together are larger than is read"))
        }
        left = max(0, left - bytes.count)
        let file = ClientFile(bytes, form: ClientFile.Form(path: path), client: client)
        guard isCertain || file.namesServers else { return }
        files.append(path)
        problems += file.problems.map {
            InventoryProblem(file: path, line: $0.line, column: $0.column, $0.message, isNote: $0.isNote)
        }
        for server in file.servers {
            guard found.count < InventoryBounds.servers else {
                return problems.append(InventoryProblem(file: path, "there are more servers than are looked at"))
            }
            found.append(Found(server: server, client: client, file: path))
        }
    }
}
