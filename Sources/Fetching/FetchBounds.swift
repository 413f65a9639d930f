public import NIOCore

/// Bounds of what is fetched, named in one place.
public struct FetchBounds: Sendable {
    /// Largest body that is taken, bytes.
    public var bodyBytes = 512 * 1024
    /// Until the answer is there as a whole, names and TLS included.
    public var time = TimeAmount.seconds(10)

    /// Addresses of one host that are tried.
    static let addressesTried = 3

    public init() {}
}
