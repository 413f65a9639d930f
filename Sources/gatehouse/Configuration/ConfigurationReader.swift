import Gateway
import PolicyFiles
import Upstreams

/// Reads a configuration file into checked values, or into every problem found, each with its place and a suggestion.
///
/// Unknown keys, wrong types and names that lead nowhere are errors: a configuration is used whole or not at all.
struct ConfigurationReader {
    /// What a text may refer to: environment variables as `${NAME}`.
    let environment: [String: String]
    /// Reads a small file, for tokens kept in one.
    let readFile: (String) throws -> [UInt8]
    private let file: String
    private(set) var problems: [Diagnostic] = []

    init(file: String, environment: [String: String], readFile: @escaping (String) throws -> [UInt8]) {
        self.file = file
        self.environment = environment
        self.readFile = readFile
    }

    private static let keys = [
        "listen", "data", "hosts", "public_url", "tls", "behind_proxy", "console", "rescan", "servers", "policies",
        "grants", "identity", "sign_in",
    ]

    mutating func read(_ document: Located) -> DeclaredConfiguration? {
        var configuration = DeclaredConfiguration()
        for member in members(of: document, keys: Self.keys) {
            let value = member.value
            switch member.key {
            case "listen":
                guard let text = text(value) else { continue }
                guard let address = ListenAddress(text) else {
                    report(value, "`\(text)` is no address to listen on", "write `127.0.0.1:8420`")
                    continue
                }
                configuration.listen = address
            case "data": configuration.dataDirectory = text(value)
            case "hosts": configuration.hosts = texts(value)
            case "public_url": configuration.publicOrigin = publicOrigin(value)
            case "tls": configuration.tls = tls(value)
            case "behind_proxy": configuration.isBehindProxy = bool(value) ?? false
            case "console": configuration.console = console(value)
            case "rescan": configuration.rescan = rescan(value, otherwise: configuration.rescan)
            case "servers": configuration.servers = named(value).compactMap { server($0.key, $0.value, at: $0) }
            case "policies": configuration.policies = named(value).compactMap { policy($0) }
            case "grants": configuration.grants = elements(of: value).compactMap { grant($0) }
            case "identity": configuration.identity = identity(value)
            case "sign_in": configuration.signIn = signIn(value)
            default: break
            }
        }
        checkReferences(configuration, in: document)
        checkIdentity(configuration, in: document)
        return problems.isEmpty ? configuration : nil
    }

    private mutating func tls(_ value: Located) -> DeclaredConfiguration.TLSFiles? {
        var files = DeclaredConfiguration.TLSFiles(certificate: "", key: "")
        for member in members(of: value, keys: ["certificate", "key"]) {
            if member.key == "certificate" { files.certificate = text(member.value) ?? "" }
            if member.key == "key" { files.key = text(member.value) ?? "" }
        }
        guard !files.certificate.isEmpty, !files.key.isEmpty else {
            report(value, "`tls` needs `certificate` and `key`", nil)
            return nil
        }
        return files
    }

    private mutating func policy(_ member: Located.Member) -> DeclaredPolicy? {
        guard let path = text(member.value) else { return nil }
        return DeclaredPolicy(name: member.key, path: path, line: member.value.line, column: member.value.column)
    }

    // MARK: Values of a kind

    mutating func report(_ place: Located, _ message: String, _ suggestion: String?) {
        problems.append(
            Diagnostic(
                severity: .error, file: file, line: place.line, column: place.column, pointer: place.pointer,
                message: message, suggestion: suggestion))
    }

    /// The members of a mapping, less those with a key it does not have, which are reported.
    mutating func members(of value: Located, keys: [String]) -> [Located.Member] {
        named(value).filter { member in
            guard !keys.contains(member.key) else { return true }
            report(member.at, "unknown key `\(member.key)`", Spelling.suggestion(member.key, among: keys))
            return false
        }
    }

    mutating func named(_ value: Located) -> [Located.Member] {
        guard let members = value.members else {
            report(value, "a mapping is expected here", nil)
            return []
        }
        return members
    }

    mutating func elements(of value: Located) -> [Located] {
        guard let elements = value.elements else {
            report(value, "a list is expected here", nil)
            return []
        }
        return elements
    }

    mutating func texts(_ value: Located) -> [String] { elements(of: value).compactMap { text($0) } }

    /// A text with its `${NAME}`s filled in; an unset one is a problem, never an empty text.
    mutating func text(_ value: Located) -> String? {
        guard let raw = value.scalarText else {
            report(value, "a text is expected here", nil)
            return nil
        }
        var filled = ""
        var rest = raw[...]
        while let opening = rest.firstRange(of: "${") {
            filled += rest[..<opening.lowerBound]
            guard let closing = rest[opening.upperBound...].firstIndex(of: "}") else {
                report(value, "`${` without its `}`", nil)
                return nil
            }
            let name = String(rest[opening.upperBound..<closing])
            guard let content = environment[name] else {
                report(value, "the environment variable `\(name)` is not set", nil)
                return nil
            }
            filled += content
            rest = rest[rest.index(after: closing)...]
        }
        return filled + rest
    }

    mutating func bool(_ value: Located) -> Bool? {
        if let bool = value.bool { return bool }
        report(value, "`true` or `false` is expected here", nil)
        return nil
    }
}
