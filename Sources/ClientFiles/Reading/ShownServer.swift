/// What may be told of a server that a configuration names: nothing in it is a value that could be a secret.
///
/// Of a command the program's name and the package it runs, of an address its scheme and host, of variables and headers
/// the names. Arguments are counted.
public struct ShownServer: Sendable, Hashable {
    /// `npx @scope/server and 2 more arguments`, `https://mcp.example.com/…`.
    public let text: String
    /// `stdio`, `http`, or empty.
    public let transport: String
    /// The package that the command runs, where that is certain.
    public let package: PackageName?
    public let environmentNames: [String]
    public let headerNames: [String]
    /// The gateway already stands before it.
    public let isGuarded: Bool

    public init(_ server: ConfiguredServer) {
        environmentNames = server.environment.map { Self.name($0.name) }
        headerNames = server.headers.map { Self.name($0.name) }
        switch server.transport {
        case .command(let program, let arguments):
            let words = arguments.map(\.revealed)
            let name = Self.program(program.revealed)
            package = PackageName(program: name, arguments: words)
            transport = "stdio"
            isGuarded = name == "gatehouse" && words.first == "wrap"
            let told = package.map { [$0.isProgram ? nil : $0.name].compactMap(\.self) } ?? []
            let left = words.count - told.count
            let rest = left == 0 ? "" : " and \(left) \(told.isEmpty ? "" : "more ")argument\(left == 1 ? "" : "s")"
            text = ([name] + told).joined(separator: " ") + rest
        case .url(let address):
            package = nil
            transport = "http"
            isGuarded = false
            text = Self.origin(address.revealed)
        case .unreachable:
            package = nil
            transport = ""
            isGuarded = false
            text = ""
        }
    }

    /// The last part of a program's path, where it reads like a program.
    static func program(_ path: String) -> String {
        let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return isPlain(name) ? name : "a program"
    }

    /// Scheme and host: a path or a query can be a credential.
    static func origin(_ address: String) -> String {
        for scheme in ["https://", "http://"] where address.lowercased().hasPrefix(scheme) {
            let rest = address.dropFirst(scheme.count)
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
            let isHost = host.utf8.allSatisfy { byte in
                isPlain(byte) && byte != UInt8(ascii: "@") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[")
                    || byte == UInt8(ascii: "]")
            }
            guard isHost, !host.isEmpty, host.utf8.count <= 260, !SecretShape.fits(String(host)) else { break }
            return scheme + host + (authority.count < rest.count ? "/…" : "")
        }
        return "an address"
    }

    private static func name(_ text: String) -> String { isPlain(text) ? text : "•••" }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.utf8.allSatisfy(isPlain) && !SecretShape.fits(text)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x40 || byte == 0x2B
    }
}
