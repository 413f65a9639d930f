import Crypto
import PolicyEngine
import WireJSON

/// How the things of several servers are named where one endpoint stands for all servers of a grant (`/mcp`).
///
/// A tool or prompt `status` of the server `git` is `git__status` there; a resource `file:///a` of it is
/// `stack:git/file:///a`. No slug has `__` or ends in `_` (``Server/isSlug(_:)``), so the first `__` of a name is where
/// the server's ends, whatever a server calls its tools. A tool's name that would be longer than many clients take is
/// cut and marked with a digest of the whole (`StackNames`).
public enum Stack {
    /// Stands in the place of a server's slug for the stack itself; no slug is spelled so.
    public static let address = "*"

    static let separator = Array("__".utf8)
    static let scheme = Array("stack:".utf8)

    /// The name of a prompt, and of a tool whose name is short enough.
    static func name(_ name: some Collection<UInt8>, of server: String) -> [UInt8] {
        Array(server.utf8) + separator + Array(name)
    }

    /// The URI, or the template of URIs, of a resource.
    static func uri(_ uri: some Collection<UInt8>, of server: String) -> [UInt8] {
        scheme + Array(server.utf8) + [UInt8(ascii: "/")] + Array(uri)
    }

    /// What a name in the stack stands for.
    struct Part {
        let server: String
        /// As the server knows it; never empty.
        let name: [UInt8]

        /// Of a prompt or tool; nil where it is no name of any stack.
        init?(name: [UInt8]) {
            let scores = name.indices.dropLast().first { name[$0...].starts(with: Stack.separator) }
            self.init(name, server: 0, scores, after: Stack.separator.count)
        }

        /// Of a resource or template; nil where it is no URI of any stack.
        init?(uri: [UInt8]) {
            guard uri.starts(with: Stack.scheme) else { return nil }
            self.init(uri, server: Stack.scheme.count, uri.firstIndex(of: UInt8(ascii: "/")), after: 1)
        }

        private init?(_ whole: [UInt8], server start: Int, _ end: Int?, after separator: Int) {
            guard let end, end > start, end + separator < whole.count else { return nil }
            server = String(decoding: whole[start..<end], as: UTF8.self)
            name = Array(whole[(end + separator)...])
            guard Server.isSlug(server) else { return nil }
        }
    }
}
