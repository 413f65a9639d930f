import Gateway

/// What a request's target names: a server, or the stack of all of a grant's servers.
///
/// Only the canonical spelling is an address: no query, no escapes, no dots, no slash behind. Two parsers could take
/// another spelling for different addresses.
enum EndpointAddress: Equatable {
    /// `/mcp/{slug}`
    case server(slug: String)
    /// `/mcp`
    case stack

    init?(target: String) {
        guard target.utf8.starts(with: "/mcp".utf8) else { return nil }
        let rest = target.utf8.dropFirst(4)
        if rest.isEmpty {
            self = .stack
        } else {
            guard rest.first == UInt8(ascii: "/") else { return nil }
            let slug = String(decoding: rest.dropFirst(), as: UTF8.self)
            guard Server.isSlug(slug) else { return nil }
            self = .server(slug: slug)
        }
    }
}
