/// By which address others reach the gateway, as far as the configuration tells.
enum PublicAddress {
    /// How people reach the console: as the file says; without a file, the very address it listens on, where both ports are
    /// this machine's alone. Nil where that is not known, which goes for a file that says nothing of it.
    static func console(
        _ declared: DeclaredConfiguration, at listening: ListenAddress?, data: ListenAddress, hasFile: Bool
    ) -> String? {
        guard let listening else { return nil }
        if let origin = declared.console.publicOrigin { return origin }
        guard !hasFile, listening.isLoopback, data.isLoopback, listening.port != 0 else { return nil }
        return "http://\(listening)"
    }

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
