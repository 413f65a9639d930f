import ArgumentParser
import ClientFiles
import Fetching
import Foundation
import Upstreams

struct ConnectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Print or write the configuration that points a client at the gateway.",
        discussion: """
            Clients: claude (the desktop program), claude-code, cursor, vscode, windsurf, codex, zed. Those that start \
            processes only get `gatehouse wrap` in front of the gateway's address.

              gatehouse connect cursor --server iam
              gatehouse connect claude --server iam --url https://gate.example --write

            With --write the entry is put into the client's own file: everything else in it stays byte for byte, a copy of \
            the file as it was is kept beside it, and a file that cannot be read whole is not touched. The grant's token is \
            in no file unless --embed-token says so; without it the client is told where it finds the token.

            Exit codes: 0 done; 1 the file cannot be read, or has something else where the entry belongs; 64 the command \
            line is wrong; 70 the file cannot be written.
            """)

    @Argument(help: "claude, claude-code, cursor, vscode, windsurf, codex or zed.") var client: String

    @Option(help: ArgumentHelp("The server, as the gateway's configuration names it.", valueName: "name"))
    var server: String

    @Option(
        help: ArgumentHelp(
            "The gateway's address; with a path, the server's own.", valueName: "url"))
    var url = "http://127.0.0.1:8420"

    @Option(help: ArgumentHelp("The name in the client's file; the server's if not said.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The environment variable that holds the grant's token.", valueName: "name"))
    var tokenEnv = "GATEHOUSE_TOKEN"

    @Flag(help: "Write the token, as the environment variable has it now, into the file.") var embedToken = false
    @Flag(help: "Have the client start a process also where it could reach the address itself.") var stdio = false
    @Flag(help: "The file of the current folder instead of this person's, where the client has one.") var project =
        false
    @Flag(help: "Write the client's file instead of printing.") var write = false
    @Flag(help: "Replace an entry of that name that says something else, without asking.") var force = false

    @Option(help: ArgumentHelp("The client's file, where it is elsewhere.", valueName: "file")) var file: String?

    func validate() throws {
        guard MCPClient(word: client) != nil else {
            let known = MCPClient.allCases.map { $0 == .claudeDesktop ? "claude" : $0.rawValue }.joined(separator: ", ")
            throw ValidationError("`\(client)` is no client that is known; there is \(known)")
        }
        let isName = server.utf8.allSatisfy { byte in
            byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
        }
        guard isName, (1...64).contains(server.utf8.count) else {
            throw ValidationError("`\(server)` cannot name a server – use 1 to 64 of a-z, 0-9, `-` and single `_`")
        }
        let isVariable = tokenEnv.utf8.enumerated().allSatisfy { index, byte in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || index > 0 && byte >= 0x30 && byte <= 0x39
        }
        guard isVariable, !tokenEnv.isEmpty else { throw ValidationError("`\(tokenEnv)` cannot name a variable") }
        do { _ = try UpstreamAddress(url, isOperatorTyped: true) } catch {
            throw ValidationError("`\(url)`: \(error)")
        }
        if let client = MCPClient(word: client), Self.place(of: client, inProject: project) == nil {
            throw ValidationError("\(client.title) has no file for one folder; leave out --project")
        }
    }

    func run() throws {
        guard let client = MCPClient(word: client) else { return }
        let entry = try entry()
        let path = try self.file ?? Self.path(of: client, inProject: project)
        if write {
            try ClientFileOnDisk(path: path, holdsSecret: embedToken, replacesEntry: force).put(entry, of: client)
        } else {
            let document = try ClientFileEdit.putting(entry, of: client, into: nil)
            FileHandle.standardOutput.write(Data(document))
            Terminal.say("for \(path); --write puts it there")
        }
        if let notice = entry.tokenNotice(for: client) { Terminal.say(notice) }
    }

    private func entry() throws -> GatewayEntry {
        let address = try UpstreamAddress(url, isOperatorTyped: true)
        var token: Concealed?
        if embedToken {
            guard let text = ProcessInfo.processInfo.environment[tokenEnv], !text.isEmpty else {
                throw CommandFailure("the environment variable `\(tokenEnv)` is not set", .checkFailed)
            }
            token = Concealed(text)
        }
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        return GatewayEntry(
            name: name ?? server, address: address.path == "/" ? "\(base)/mcp/\(server)" : url, tokenVariable: tokenEnv,
            token: token, program: Self.program, isProcess: stdio)
    }

    /// This program by its whole path: what starts a client need not know where programs are.
    private static var program: String {
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        return URL(fileURLWithPath: CommandLine.arguments.first ?? "gatehouse").path
    }

    private static func place(of client: MCPClient, inProject: Bool) -> ClientPlace? {
        ClientPlace.all(on: .current).first { $0.client == client && (!inProject || $0.root == .project) }
    }

    private static func path(of client: MCPClient, inProject: Bool) throws -> String {
        guard let place = place(of: client, inProject: inProject) else {
            throw CommandFailure("\(client.title) has no file", .checkFailed)
        }
        switch place.root {
        case .home, .roaming: return HomeFolder.path() + "/" + place.underHome
        case .project: return FileManager.default.currentDirectoryPath + "/" + place.path
        case .machine: return "/" + place.path
        }
    }
}
