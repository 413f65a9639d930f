/// Where an authorisation server sends its answer: a redirect URI (RFC 6749 section 3.1.2, RFC 8252 section 7).
///
/// What cannot be one: plain `http` but for this machine's own loopback, schemes that browsers run or read (`javascript`,
/// `data`, `file`), a fragment, user information, anything but visible ASCII.
public struct RedirectAddress: Sendable, Equatable {
    public enum Kind: Sendable {
        /// `https`.
        case web
        /// `http` to this machine, where an application listens at whatever port is free.
        case loopback
        /// A scheme that an application owns.
        case app
    }

    /// As given.
    public let text: String
    public let kind: Kind
    /// What people are shown of it: the host with its port, or the scheme.
    public let place: String
    /// What of it browsers compare: `https://host:port`, or `scheme:`; safe in a header field.
    public let source: String
    /// The text without its port, where that may vary.
    private let portless: String

    public init?(_ text: String) {
        guard text.utf8.count <= OAuthBounds.redirectBytes,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Self.unfit.contains($0) }),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let scheme = String(text[..<colon])
        let rest = text[text.index(after: colon)...]
        self.text = text
        guard scheme == "https" || scheme == "http" else {
            guard Self.isOwned(scheme), !rest.isEmpty else { return nil }
            kind = .app
            place = scheme + ":"
            source = scheme + ":"
            portless = text
            return
        }
        guard rest.hasPrefix("//") else { return nil }
        let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.split(authority) else { return nil }
        let isLoopback = scheme == "http" && Self.loopback.contains(host)
        guard scheme == "https" || isLoopback else { return nil }
        kind = isLoopback ? .loopback : .web
        place = String(authority)
        source = "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")"
        portless = isLoopback ? "\(scheme)://\(host)\(rest.dropFirst(2).dropFirst(authority.count))" : text
    }

    /// Whether an address that is asked for is this one that was registered: byte for byte, but for the port of this
    /// machine's own (RFC 8252 section 7.3).
    public func admits(_ asked: RedirectAddress) -> Bool {
        kind == asked.kind && portless.utf8.elementsEqual(asked.portless.utf8)
    }

    /// The address with members behind its own query.
    public func adding(_ members: [(name: String, value: String)]) -> String {
        let mark = !text.utf8.contains(UInt8(ascii: "?")) ? "?" : text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&"
        return text + mark + FormText.write(members)
    }

    private static let loopback = ["127.0.0.1", "[::1]", "localhost"]
    /// What ends a field, a quotation or an element somewhere, and what browsers take for a slash.
    private static let unfit = Array("#\"<>\\^`{|}".utf8)
    /// Schemes of applications that own one without a name of their maker's in it.
    private static let applications = ["cursor", "vscode", "vscode-insiders", "vscodium", "windsurf", "zed"]

    /// Whether an application can own the scheme: a name turned around, as `com.example.app` (RFC 8252 section 7.1), or one
    /// of those that are known.
    private static func isOwned(_ scheme: String) -> Bool {
        guard (1...64).contains(scheme.utf8.count), let first = scheme.utf8.first, (0x61...0x7A).contains(first),
            scheme.utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
            })
        else { return false }
        return scheme.utf8.contains(UInt8(ascii: ".")) || applications.contains(scheme)
    }

    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        var host = authority
        var port: Int?
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[end...].lastIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = Int(digits), (1...65535).contains(number), "\(number)" == digits else { return nil }
            port = number
            host = authority[..<colon]
        }
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        let isPlain = host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
            case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): isLiteral
            default: false
            }
        }
        guard isPlain, !host.isEmpty, !host.hasPrefix("."), !host.hasPrefix("-") else { return nil }
        return (String(host), port)
    }
}
