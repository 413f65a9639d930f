/// What may be told of a server that a configuration names: nothing in it is a value that could be a secret.
///
/// Of a command the program's name and the package it runs, of an address its scheme and host, of variables and headers
/// the names. Arguments are counted.
public struct ShownServer: Sendable, Hashable {
    /// `npx @scope/server and 2 more arguments`, `…/server and 1 argument` of a program given by its path,
    /// `https://mcp.example.com/…`.
    public let text: String
    /// `stdio`, `http`, or empty.
    public let transport: String
    /// The package that the command runs, where that is certain: a program given by its path need not be what its name
    /// says.
    public let package: PackageName?
    public let environmentNames: [String]
    public let headerNames: [String]
    /// Variables of the person's own environment that are put into the entry: what they hold is the server's to see.
    public let takenNames: [String]
    /// Those of the variables it sets that change what runs, whatever the command says.
    public let alteringNames: [String]
    /// The program runs whatever its arguments, which are not told, say: a shell, an interpreter.
    public let isInterpreter: Bool
    /// The gateway already stands before it.
    public let isGuarded: Bool

    public init(_ server: ConfiguredServer) {
        environmentNames = server.environment.map { Self.name($0.name) }
        headerNames = server.headers.map { Self.name($0.name) }
        takenNames = Placeholders.names(in: server).map(Self.name)
        alteringNames = server.environment.compactMap { RunningVariables.told($0.name) }
        switch server.transport {
        case .command(let program, let arguments):
            let words = arguments.map(\.revealed)
            let name = Self.program(program.revealed)
            let isByPath = Self.isPath(program.revealed)
            package = isByPath ? nil : PackageName(program: name, arguments: words)
            isInterpreter = PackageName.isInterpreter(name)
            transport = "stdio"
            isGuarded =
                name == "gatehouse" && words.first == "wrap"
                && (!words.contains("--allow-all") || words.contains("--url"))
            let told = package.map { [$0.isProgram ? nil : $0.name].compactMap(\.self) } ?? []
            let left = words.count - told.count
            let rest = left == 0 ? "" : " and \(left) \(told.isEmpty ? "" : "more ")argument\(left == 1 ? "" : "s")"
            text = ([(isByPath ? "…/" : "") + name] + told).joined(separator: " ") + rest
        case .url(let address):
            package = nil
            transport = "http"
            isInterpreter = false
            isGuarded = false
            text = Self.origin(address.revealed)
        case .unreachable:
            package = nil
            transport = ""
            isInterpreter = false
            isGuarded = false
            text = ""
        }
    }

    /// Where the program is, and the folder it is started in, for the person who is asked to start it and for no report;
    /// nil where the client's own places decide. A part that could be a secret is left out.
    public static func places(of server: ConfiguredServer) -> (program: String?, folder: String?) {
        var program: String?
        if case .command(let named, _) = server.transport, isPath(named.revealed) { program = path(named.revealed) }
        return (program, server.workingDirectory.map { path($0.revealed) })
    }

    private static func isPath(_ program: String) -> Bool { program.contains { $0 == "/" || $0 == "\\" } }

    private static func path(_ path: String) -> String {
        path.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "\\" })
            .map { $0.isEmpty || isPlain(String($0)) || $0 == "~" ? String($0) : "…" }.joined(separator: "/")
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

    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.utf8.allSatisfy(isPlain) && !SecretShape.fits(text)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x40 || byte == 0x2B
    }
}
