import Foundation
import Testing

@testable import Upstreams

/// The server of `Fixtures/stdio_server.py`, which behaves as its habits say.
enum ScriptedServer {
    /// The system's interpreter: shims of version managers need an environment that a child here does not have.
    static let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// - Parameter era: `modern`, `legacy` or `dual`: a server that serves both, each connection in one of them.
    static func command(
        _ era: String, _ habits: [String] = [], environment: [String: String] = [:], workingDirectory: String? = nil
    ) throws -> StdioCommand {
        let interpreter = try #require(python, "the scripted server needs the system's python3")
        return try StdioCommand(
            [interpreter, "-S", "-E", script, era] + habits, environment: environment,
            workingDirectory: workingDirectory)
    }

    /// A server of a shell's, that costs as good as nothing to start: modern or legacy as told. The tool `crash` ends it,
    /// `ask` asks the client something first, any other answers at once.
    static func tiny(_ era: String) throws -> StdioCommand {
        try StdioCommand(["/bin/sh", script.replacing("stdio_server.py", with: "tiny_server.sh"), era])
    }

    private static let script = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/stdio_server.py").path
}
