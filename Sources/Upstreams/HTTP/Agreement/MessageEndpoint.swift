import Fetching
import Gateway

/// Where messages to a server of 2024-11-05 are sent, and the stream on which it answers them.
///
/// Revision 2024-11-05, "Transports", "HTTP with SSE".
final class MessageEndpoint: Sendable {
    let writer: RequestWriter
    /// The exchange that is the stream, on the upstream's first loop.
    let stream: Int

    /// - Parameter text: the data of the `endpoint` event, a reference to be resolved against the server's address.
    init(_ text: [UInt8], at address: UpstreamAddress, headers: [StaticHeader], stream: Int) throws(UpstreamFailure) {
        guard text.count <= HTTPLimits.endpointBytes, let reference = String(validating: text, as: UTF8.self) else {
            throw UpstreamFailure(.unreadable, "the server names no place for messages")
        }
        let url: String
        if reference.hasPrefix("//") {
            url = "\(address.scheme.rawValue):\(reference)"
        } else if reference.hasPrefix("/") {
            url = address.origin + reference
        } else if Self.namesScheme(reference) {
            url = reference
        } else {
            url = address.origin + Self.directory(address.path) + reference
        }
        let place: UpstreamAddress
        do { place = try UpstreamAddress(url, isOperatorTyped: address.isOperatorTyped) } catch {
            throw UpstreamFailure(.unreadable, "the place for messages is \(Quoted.text(text)): \(error)")
        }
        // Credentials go out with every message: to nobody but the server that was named.
        guard place.scheme == address.scheme, place.host == address.host, place.port == address.port else {
            throw UpstreamFailure(.addressRefused, "the place for messages, \(Quoted.text(text)), is another server's")
        }
        writer = RequestWriter(address: place, headers: headers)
        self.stream = stream
    }

    private static func namesScheme(_ reference: String) -> Bool {
        let scheme = reference.prefix { $0 != ":" && $0 != "/" && $0 != "?" }
        return scheme.endIndex < reference.endIndex && reference[scheme.endIndex] == ":"
    }

    /// The path up to its last `/`, without the query.
    private static func directory(_ path: String) -> String {
        let path = path.prefix { $0 != "?" }
        guard let slash = path.lastIndex(of: "/") else { return "/" }
        return String(path[...slash])
    }
}
