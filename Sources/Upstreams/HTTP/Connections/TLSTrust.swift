internal import NIOSSL

/// Whose certificates are believed when a server is reached over TLS: the system's roots, and a file of further ones.
///
/// Reading the roots takes tens of milliseconds: make one and give it to every upstream. Names are always verified.
public struct TLSTrust: Sendable {
    let context: NIOSSLContext

    /// - Parameter additionalRootsFile: a file of PEM certificates believed beside the system's.
    public init(additionalRootsFile: String? = nil) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1"]
        configuration.minimumTLSVersion = .tlsv12
        if let additionalRootsFile { configuration.additionalTrustRoots = [.file(additionalRootsFile)] }
        context = try NIOSSLContext(configuration: configuration)
    }
}
