import CAllocationCount
import PolicyEngine
import PolicyFiles
import WireJSON

#if canImport(Glibc)
import Glibc
#endif

/// Measures how long deciding one call takes, and prints a line of JSON for each policy.
///
///     PolicyDecisions CALL.json TOOL POLICY.json…
@main
struct PolicyDecisions {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 3, let tool = ToolName(arguments[2]) else {
            throw Problem(description: "usage: PolicyDecisions CALL.json TOOL POLICY.json…")
        }
        let call = try bytes(at: arguments[1])
        for path in arguments.dropFirst(3) {
            let (document, diagnostics) = PolicyFile.load(path: path)
            guard let document else { throw Problem(description: "\(diagnostics)") }
            let measured = try Measurement(of: try Policy(compiling: document, id: "bench", version: 1), tool, call)
            print(measured.line(for: path))
        }
    }

    private static func bytes(at path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Problem(description: "\(path): cannot be opened") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}

struct Problem: Error, CustomStringConvertible {
    let description: String
}
