import Hummingbird

/// What is known of a request besides what it says.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The port the request came in at, where it came over a connection.
    let port: Int?
    /// Whom it came from, as far as what one may do is counted; the same for all behind one proxy.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        port = source.channel.localAddress?.port
        peer = PeerNetwork.name(of: source.channel.remoteAddress)
    }

    /// Bodies that handlers decode.
    var maxUploadSize: Int { ConsoleLimits.decodedBytes }
}
