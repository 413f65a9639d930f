/// Where something is fetched from or sent to: an `http` or `https` URL, taken apart and checked.
///
/// Refused: user information, a fragment, a host or path in anything but visible ASCII (an internationalised host is
/// given in its `xn--` form), and a port outside 1–65535. The path includes the query.
public struct WebAddress: Sendable, Hashable {
    public enum Scheme: String, Sendable {
        case http
        case https
    }

    public let scheme: Scheme
    /// In lower case; an IPv6 literal without its brackets.
    public let host: String
    public let port: Int
    /// Begins with `/`.
    public let path: String
    /// True where a person with the right to do so typed it; an address out of a document, a redirect or any other
    /// fetched text is false, and never reaches a private network (see ``AddressGuard``).
    public let isOperatorTyped: Bool

    public init(_ url: String, isOperatorTyped: Bool) throws(WebAddressError) {
        let text = Array(url.utf8)
        guard text.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .notVisibleASCII }
        guard let separator = url.firstRange(of: "://") else { throw .noScheme }
        guard let scheme = Scheme(rawValue: url[..<separator.lowerBound].lowercased()) else { throw .noScheme }
        let rest = url[separator.upperBound...]
        guard !rest.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.utf8.contains(UInt8(ascii: "@")) else { throw .userInformation }
        let target = rest[authority.endIndex...]
        let (host, port) = try Self.split(authority)
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == .https ? 443 : 80)
        self.path = target.hasPrefix("/") ? String(target) : "/" + target
        self.isOperatorTyped = isOperatorTyped
    }

    /// The value of the `Host` field: the port only where it is not the scheme's own (RFC 9110 section 7.2).
    public var hostField: String {
        let name = isIPv6Literal ? "[\(host)]" : host
        return port == (scheme == .https ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Scheme, host and port: what a browser would call the same place.
    public var origin: String { "\(scheme.rawValue)://\(hostField)" }

    private var isIPv6Literal: Bool { host.utf8.contains(UInt8(ascii: ":")) }

    private static func split(_ authority: Substring) throws(WebAddressError) -> (host: String, port: Int?) {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .host }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .host }
            if !rest.isEmpty { port = rest.dropFirst() }
            guard host.utf8.contains(UInt8(ascii: ":")), host.utf8.allSatisfy(isIPv6Character) else { throw .host }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                port = authority[authority.index(after: colon)...]
            }
            guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isNameCharacter) else { throw .host }
        }
        guard let port else { return (host.lowercased(), nil) }
        guard !port.isEmpty, port.utf8.count <= 5, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(port), (1...65535).contains(number)
        else { throw .port }
        return (host.lowercased(), number)
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isIPv6Character(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }
}

extension WebAddress: CustomStringConvertible {
    public var description: String { "\(origin)\(path)" }
}

/// What is wrong with a URL.
public enum WebAddressError: Error, Sendable, Equatable, CaseIterable {
    case notVisibleASCII
    case noScheme
    case userInformation
    case fragment
    case host
    case port
    /// Found in a document, and its bytes would travel in the clear.
    case notSecure
}

extension WebAddressError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notVisibleASCII: "a url is written in visible ASCII; give an international host in its `xn--` form"
        case .noScheme: "a url begins with `http://` or `https://`"
        case .userInformation: "a url carries no user or password; give a header instead"
        case .fragment: "a url for a server has no `#`"
        case .host: "the host must be a name, an IPv4 address or an IPv6 address in brackets"
        case .port: "the port must be a number from 1 to 65535"
        case .notSecure: "an address found in a document begins with `https://`"
        }
    }
}
