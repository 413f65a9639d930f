/// Where an MCP Registry is: an origin that a person typed, and nothing but that origin is ever asked.
public struct RegistryAddress: Sendable, Hashable, CustomStringConvertible {
    /// `https://registry.example`, without a path.
    public let origin: String
    /// The path of the list, beginning with a slash.
    let path: String

    public enum Refusal: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
        case form
        case clear

        public var description: String {
            switch self {
            case .form: "a registry's address is `https://`, a host, perhaps a port and a path; no user, no `?`, no `#`"
            case .clear: "a registry is asked over `https`; `http` is for this machine alone"
            }
        }
    }

    /// - Parameter text: The registry's address, with or without the path of its list.
    public init(_ text: String) throws(Refusal) {
        let isSecure = text.lowercased().hasPrefix("https://")
        guard isSecure || text.lowercased().hasPrefix("http://") else { throw .form }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        let isVisible = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isVisible, !authority.isEmpty, !text.contains(where: { "@?#\\".contains($0) }) else { throw .form }
        let host = Self.host(authority)
        guard isSecure || host == "localhost" || host == "::1" || Self.isLoopback(host) else { throw .clear }
        origin = (isSecure ? "https://" : "http://") + authority.lowercased()
        var path = String(rest[authority.endIndex...])
        while path.hasSuffix("/") { path.removeLast() }
        if path.hasSuffix("/servers") {
            self.path = path
        } else {
            self.path = path + (path.hasSuffix("/v0.1") ? "/servers" : "/v0.1/servers")
        }
    }

    private static func host(_ authority: Substring) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }

    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    public var description: String { origin + path }

    /// The address of a page.
    ///
    /// - Parameters:
    ///   - cursor: Where it begins, as the page before said; nil for the first.
    ///   - since: A moment, RFC 3339: only what changed later.
    func page(at cursor: String?, since: String?) -> String {
        var address = "\(origin)\(path)?limit=\(RegistryLimits.entries)"
        if let since { address += "&updated_since=" + Self.encoded(since) }
        if let cursor { address += "&cursor=" + Self.encoded(cursor) }
        return address
    }

    /// Where a redirect leads, if that is within the origin; a registry sends nobody elsewhere, least of all into a private
    /// network.
    func target(of location: String) -> String? {
        if location.hasPrefix("/"), !location.hasPrefix("//") { return origin + location }
        let lowered = location.lowercased()
        guard lowered.hasPrefix(origin + "/"), !lowered.contains("@") else { return nil }
        return location
    }

    /// All but what RFC 3986 calls unreserved.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let isPlain =
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
                || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            if isPlain {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
