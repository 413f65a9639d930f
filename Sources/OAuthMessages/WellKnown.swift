/// Where metadata lies, as texts.
public enum WellKnown {
    public static let protectedResource = "/.well-known/oauth-protected-resource"
    public static let authorizationServer = "/.well-known/oauth-authorization-server"
    public static let openIDConfiguration = "/.well-known/openid-configuration"

    /// Where a resource's metadata lies: between its host and its path, then at its host's root (RFC 9728 section 3.1; MCP
    /// revision 2025-11-25, "Protected Resource Metadata Discovery Requirements").
    public static func locations(ofResource resource: String) -> [String] {
        guard let (origin, path) = split(resource) else { return [] }
        let own = origin + protectedResource + path
        return path.isEmpty ? [own] : [own, origin + protectedResource]
    }

    /// Where an issuer's metadata lies, in the order of MCP revision 2025-11-25, "Authorization Server Metadata Discovery".
    ///
    /// None where the issuer has a query or a fragment (RFC 8414 section 2).
    public static func locations(ofIssuer issuer: String) -> [String] {
        guard !issuer.utf8.contains(UInt8(ascii: "?")), !issuer.utf8.contains(UInt8(ascii: "#")),
            let (origin, path) = split(issuer)
        else { return [] }
        guard !path.isEmpty else { return [origin + authorizationServer, origin + openIDConfiguration] }
        return [
            origin + authorizationServer + path, origin + openIDConfiguration + path,
            origin + path + openIDConfiguration,
        ]
    }

    /// An address's origin, and its path without a slash behind.
    private static func split(_ address: String) -> (origin: String, path: String)? {
        guard let separator = address.firstRange(of: "://") else { return nil }
        let rest = address[separator.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        var path = rest[authority.endIndex...]
        while path.hasSuffix("/") { path = path.dropLast() }
        return (String(address[..<separator.upperBound] + authority), String(path))
    }
}
