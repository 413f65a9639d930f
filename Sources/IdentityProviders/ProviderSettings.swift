public import Fetching

/// How one provider's tokens are judged.
public struct ProviderSettings: Sendable, Equatable {
    public var name: String
    /// Its own name for itself, which is also where its metadata lies; typed by an operator.
    public var issuer: String
    public var address: WebAddress
    /// Where its keys lie, where an operator typed that; otherwise its metadata says so.
    public var keys: WebAddress?
    public var algorithms: Set<SigningAlgorithm>
    /// By how much clocks may differ, seconds.
    public var leeway: Int64
    /// A file of PEM certificates believed beside the system's.
    public var certificates: String?

    public init(
        name: String, issuer: String, address: WebAddress, keys: WebAddress? = nil,
        algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases), leeway: Int64 = 30,
        certificates: String? = nil
    ) {
        self.name = name
        self.issuer = issuer
        self.address = address
        self.keys = keys
        self.algorithms = algorithms
        self.leeway = min(max(leeway, IdentityBounds.leeway.lowerBound), IdentityBounds.leeway.upperBound)
        self.certificates = certificates
    }
}
