/// How long each part of reaching an upstream may take. Every wait for a server is one of these.
public struct UpstreamTimeouts: Sendable, Equatable {
    /// Until a TCP connection and TLS stand.
    public var connect: Duration = .seconds(5)
    /// Until a process or server has answered the handshake (the slowest of 181 real servers took 25 s).
    public var start: Duration = .seconds(40)
    /// Until a list or other question of the house's own is answered.
    public var list: Duration = .seconds(30)
    /// Until a call is answered; a progress notification starts it anew.
    public var call: Duration = .seconds(120)

    public init() {}
}
