import Hummingbird
public import NIOSSL

/// How the console is reached.
public struct ConsoleSettings: Sendable {
    /// Where it listens. Port 0 asks for any free one.
    public var host: String
    public var port: Int
    /// Further names (`host` or `host:port`) by which people reach it.
    public var names: [String]
    /// Where there is none, TLS ends in front of it or nobody else can reach it.
    public var tls: TLSConfiguration?
    /// Whether people reach it by https: its own TLS, or a proxy's in front.
    public var isEncrypted: Bool
    /// Where agents reach the gateway, for what pages tell people to copy: `https://gateway.example:8420`.
    public var gateway: String
    public var limits: ConsoleLimits

    public init(
        host: String, port: Int, names: [String] = [], tls: TLSConfiguration? = nil,
        isBehindProxy: Bool = false, gateway: String = "http://127.0.0.1:8420", limits: ConsoleLimits = .init()
    ) {
        self.host = host
        self.port = port
        self.names = names
        self.tls = tls
        isEncrypted = tls != nil || isBehindProxy
        self.gateway = gateway
        self.limits = limits
    }

    /// The origin that a request named, which the door let in.
    func origin(of request: Request) -> String {
        "\(isEncrypted ? "https" : "http")://\(request.head.authority ?? "")"
    }
}
