import Hummingbird

/// What is known of a request besides what it says.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The port the request came in at, where it came over a connection.
    let port: Int?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        port = source.channel.localAddress?.port
    }

    /// Bodies that handlers decode.
    var maxUploadSize: Int { ConsoleLimits.decodedBytes }
}
