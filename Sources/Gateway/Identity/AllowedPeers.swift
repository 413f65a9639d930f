/// Which `Host` and `Origin` a request may name: the defence against DNS rebinding.
///
/// MCP revision 2025-11-25 and 2026-07-28, "Security": an Origin that is present and not allowed is 403, on every verb.
/// A browser page of another site names its own origin, and a rebound name stays in `Host`.
public struct AllowedPeers: Sendable, Equatable {
    /// `host:port`, lower-case, as a client may address this endpoint.
    public let authorities: Set<String>

    /// The addresses of a loopback listener and whatever else the endpoint is reached as.
    ///
    /// - Parameter named: further `host` or `host:port`; without a port, the default ports and this one.
    public init(host: String, port: Int, named: [String] = []) {
        var all: Set<String> = []
        for name in ["localhost", "127.0.0.1", "[::1]", Self.lowercased(host.contains(":") ? "[\(host)]" : host)] {
            all.insert("\(name):\(port)")
            // A client leaves a default port out.
            if port == 80 || port == 443 { all.insert(name) }
        }
        for name in named.map(Self.lowercased) {
            all.insert(name)
            guard Self.port(of: name) == nil else { continue }
            all.formUnion(["\(name):\(port)", "\(name):80", "\(name):443"])
        }
        authorities = all
    }

    /// Whether the one `Host` line names this endpoint.
    public func permits(hosts: [String]) -> Bool {
        hosts.count == 1 && Self.isASCII(hosts[0]) && authorities.contains(Self.lowercased(hosts[0]))
    }

    /// Whether no `Origin` is named, or one of this endpoint's own.
    public func permits(origins: [String]) -> Bool {
        guard let origin = origins.first else { return true }
        guard origins.count == 1, Self.isASCII(origin) else { return false }
        let lower = Self.lowercased(origin)
        for (scheme, port) in [("http://", "80"), ("https://", "443")] where lower.hasPrefix(scheme) {
            let authority = String(lower.dropFirst(scheme.count))
            return authorities.contains(Self.port(of: authority) == nil ? "\(authority):\(port)" : authority)
        }
        return false
    }

    /// Names compare as bytes: other characters would meet ASCII by case folding or equivalence (`K`, U+212A).
    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func port(of authority: String) -> Substring? {
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        let port = authority[authority.index(after: colon)...]
        return port.allSatisfy(\.isNumber) && !port.isEmpty ? port : nil
    }
}
