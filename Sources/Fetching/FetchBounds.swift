public import NIOCore

/// Bounds of what is fetched, named in one place.
public struct FetchBounds: Sendable {
    /// Largest body that is taken, bytes.
    public var bodyBytes = 512 * 1024
    /// From the question for the host's addresses until the answer is there with its last byte.
    public var time = TimeAmount.seconds(10)

    /// Addresses of one host that are tried.
    static let addressesTried = 3

    public init() {}
}
