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
        for name in ["localhost", "127.0.0.1", "[::1]", host.contains(":") ? "[\(host)]" : host] {
            all.insert("\(name.lowercased()):\(port)")
        }
        for name in named.map({ $0.lowercased() }) {
            all.insert(name)
            guard Self.port(of: name) == nil else { continue }
            all.formUnion(["\(name):\(port)", "\(name):80", "\(name):443"])
        }
        authorities = all
    }

    /// Whether the one `Host` line names this endpoint.
    public func permits(hosts: [String]) -> Bool {
        hosts.count == 1 && authorities.contains(hosts[0].lowercased())
    }

    /// Whether no `Origin` is named, or one of this endpoint's own.
    public func permits(origins: [String]) -> Bool {
        guard let origin = origins.first else { return true }
        guard origins.count == 1 else { return false }
        let lower = origin.lowercased()
        for (scheme, port) in [("http://", "80"), ("https://", "443")] where lower.hasPrefix(scheme) {
            let authority = String(lower.dropFirst(scheme.count))
            return authorities.contains(authority) || authorities.contains("\(authority):\(port)")
        }
        return false
    }

    private static func port(of authority: String) -> Substring? {
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        let port = authority[authority.index(after: colon)...]
        return port.allSatisfy(\.isNumber) && !port.isEmpty ? port : nil
    }
}
