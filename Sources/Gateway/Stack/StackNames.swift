import Crypto
import PolicyEngine
import WireJSON

/// The names that one server's accepted tools have in a stack.
///
/// A name of up to 64 bytes is the server's slug, `__` and the tool's own. A longer one is cut to that and ends in a mark,
/// eight digits of the SHA-256 of the whole; which tool it stands for only the accepted definitions know. A cut name that
/// two tools of the server would have is neither's.
struct StackNames {
    /// Bytes of a tool's name that many clients take at most.
    static let bytes = 64
    /// `_` and eight digits.
    private static let markBytes = 9

    private let server: String
    /// The tools whose names are cut, by their names in the stack.
    private let cut: [[UInt8]: [ToolName]]
    private let accepted: Definitions

    init(_ accepted: Definitions, of server: String) {
        self.server = server
        self.accepted = accepted
        let long = accepted.accepted.keys.filter { Self.isCut($0.utf8, of: server) }
        cut = Dictionary(grouping: long) { Self.name($0.utf8, of: server) }
    }

    /// The tool's name in the stack; nil where it has none that is only its own.
    func name(of tool: [UInt8]) -> [UInt8]? {
        let name = Self.name(tool, of: server)
        guard Self.isCut(tool, of: server) else { return name }
        let others = cut[name, default: []].filter { !$0.utf8.elementsEqual(tool) }
        return others.isEmpty && !isAccepted(uncut: name) ? name : nil
    }

    /// The tool's own name.
    ///
    /// - Parameter part: the name as it is read where it was not cut.
    func tool(called name: [UInt8], _ part: Stack.Part) -> [UInt8] {
        guard !isAccepted(uncut: name), let tools = cut[name], tools.count == 1 else { return part.name }
        return Array(tools[0].utf8)
    }

    /// Whether a name can be one that was cut.
    static func mayBeCut(_ name: [UInt8]) -> Bool {
        name.count >= bytes - 3 && name.dropLast(markBytes - 1).last == UInt8(ascii: "_")
            && name.suffix(markBytes - 1).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Whether the server has a tool that goes by this name uncut.
    private func isAccepted(uncut name: [UInt8]) -> Bool {
        Stack.Part(name: name).flatMap { ToolName($0.name) }.map { accepted.accepted[$0] != nil } ?? false
    }

    private static func isCut(_ tool: some Collection<UInt8>, of server: String) -> Bool {
        server.utf8.count + Stack.separator.count + tool.count > bytes
    }

    /// The name of a tool: its server's whole and as much of its own as there is room for.
    static func name(_ tool: some Collection<UInt8>, of server: String) -> [UInt8] {
        let whole = Stack.name(tool, of: server)
        guard whole.count > bytes else { return whole }
        let digest = Hexadecimal.text(Array(SHA256.hash(data: whole).prefix(4)))
        let room = max(bytes - markBytes, server.utf8.count + Stack.separator.count)
        var kept = whole.prefix(room)
        // No character is cut in two.
        if kept.endIndex < whole.endIndex, whole[kept.endIndex] & 0xC0 == 0x80 {
            while let last = kept.last, last & 0xC0 == 0x80 { kept.removeLast() }
            kept.removeLast()
        }
        return Array(kept) + Array("_\(digest)".utf8)
    }
}
