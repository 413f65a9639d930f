public import Fetching
public import Gateway
public import NIOCore
import NIOPosix

/// A tool server reached over Streamable HTTP, of either era.
///
/// A request made on one of the group's event loops is sent from that loop, over a connection of that loop's own pool, and
/// its receiver is called on that loop, synchronously as the bytes come. A request made anywhere else is sent from one of the
/// loops. Nothing is resent, but for one case: a legacy server that says it no longer knows the session is asked for a new
/// one, and the request goes out once more.
public final class HTTPUpstream: Sendable {
    /// How one server is reached. Values that can be wrong are right by their types.
    public struct Configuration: Sendable {
        public var address: UpstreamAddress
        /// Sent with every request; never a client's own.
        public var headers: [StaticHeader] = []
        /// Where the server asks for tokens.
        public var authorization: UpstreamAuthorization?
        public var timeouts = UpstreamTimeouts()
        public var limits = ConnectionLimits()
        /// How soon streams are asked for again.
        var pace = ReconnectPace()
        /// Whose certificates are believed. Needed for `https`.
        public var trust: TLSTrust?
        /// Whether a client's era is passed on instead of translated: for a server that is one client's own.
        public var followsClientEra = false
        /// `{name, version}`, a JSON object: what this house calls itself.
        public var clientInfo: [UInt8]

        public init(address: UpstreamAddress, clientInfo: [UInt8]) {
            self.address = address
            self.clientInfo = clientInfo
        }
    }

    /// `https` was asked for without anybody to trust.
    public struct NoTrust: Error, CustomStringConvertible {
        public let description = "a server reached over `https` needs certificates to believe"
    }

    let core: UpstreamCore
    let homes: [Home]
    private let homeOfLoop: [ObjectIdentifier: Int]

    /// - Parameter onEvent: hears what the server says outside any request; called on an event loop.
    public init(
        _ configuration: Configuration, on group: any EventLoopGroup,
        onEvent: @escaping @Sendable (UpstreamEvent) -> Void
    ) throws {
        let isSecure = configuration.address.scheme == .https
        if isSecure, configuration.trust == nil { throw NoTrust() }
        let tls = isSecure ? configuration.trust?.context : nil
        let core = UpstreamCore(
            address: configuration.address, headers: configuration.headers, timeouts: configuration.timeouts,
            clientInfo: configuration.clientInfo,
            writer: RequestWriter(address: configuration.address, headers: configuration.headers),
            limits: configuration.limits, pace: configuration.pace,
            authorization: configuration.authorization,
            followsClientEra: configuration.followsClientEra, onEvent: onEvent)
        self.core = core
        homes = group.makeIterator().map { loop in
            Home(core: core, address: configuration.address, tls: tls, loop: loop)
        }
        core.setHomes(homes)
        precondition(!homes.isEmpty, "an upstream needs an event loop")
        homeOfLoop = Dictionary(
            homes.enumerated().map { (ObjectIdentifier($1.loop), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The home on the loop this is called from, when it is one of the group's.
    var here: Home? {
        guard let loop = MultiThreadedEventLoopGroup.currentEventLoop, let index = homeOfLoop[ObjectIdentifier(loop)]
        else { return nil }
        return homes[index]
    }

    /// A home for a request from elsewhere.
    func elsewhere(_ id: Int) -> Home { homes[id % homes.count] }
}
