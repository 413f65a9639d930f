import NIOSSL

/// The endpoint's own certificate.
enum ServerCertificate {
    /// TLS 1.2 and later, HTTP/1.1.
    static func context(_ files: DeclaredConfiguration.TLSFiles) throws -> NIOSSLContext {
        try NIOSSLContext(configuration: configuration(files))
    }

    static func configuration(_ files: DeclaredConfiguration.TLSFiles) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
