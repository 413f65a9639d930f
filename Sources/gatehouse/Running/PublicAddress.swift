/// By which address others reach the gateway, as far as the configuration tells.
enum PublicAddress {
    /// The first name it goes by, with the scheme that is spoken in front; without one, the address it listens on.
    static func gateway(_ declared: DeclaredConfiguration, reached: String) -> String {
        if let origin = declared.publicOrigin { return origin }
        guard let name = declared.hosts.first else { return reached }
        let isEncrypted = declared.tls != nil || declared.isBehindProxy
        let hasPort = name.contains(":") && !name.hasSuffix("]")
        guard !hasPort, !declared.isBehindProxy else { return "\(isEncrypted ? "https" : "http")://\(name)" }
        return "\(isEncrypted ? "https" : "http")://\(name):\(declared.listen.port)"
    }
}
