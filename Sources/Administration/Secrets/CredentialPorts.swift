public import GatewayStorage

/// What administration asks about tokens that servers gave the gateway.
public struct CredentialPorts: Sendable {
    /// Seals with the present key what an earlier one sealed; how many there were.
    public var reseal: @Sendable () async throws(Refusal) -> Int = { () throws(Refusal) in 0 }
    /// Forgets a registered server's.
    public var forget: @Sendable (_ server: RecordID) async -> Void = { _ in }

    public init() {}
}
