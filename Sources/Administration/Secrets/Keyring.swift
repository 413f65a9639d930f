import GatewayStorage

/// The keys of an instance: the first seals, all open.
public struct Keyring: Sendable {
    private let keys: [SecretKey]

    public init(_ current: SecretKey, earlier: [SecretKey] = []) { keys = [current] + earlier }

    /// Which key seals from now on.
    public var current: SecretKey { keys[0] }

    /// Seals the bytes for one record and no other.
    func seal(_ plain: [UInt8], organisation: RecordID, server: RecordID) throws(Refusal) -> SealedSecret {
        SealedSecret(
            organisation: organisation, id: server.extended("secret"), server: server, keyID: current.id,
            sealed: try current.seal(plain, context: Self.context(organisation, server)))
    }

    func open(_ secret: SealedSecret) throws(Refusal) -> [UInt8] {
        guard let key = keys.first(where: { $0.id == secret.keyID }) else {
            throw .unavailable("the key `\(secret.keyID)` that seals a secret is not here")
        }
        return try key.open(secret.sealed, context: Self.context(secret.organisation, secret.server))
    }

    /// Ties sealed bytes to their place: moved to another record they do not open.
    private static func context(_ organisation: RecordID, _ server: RecordID) -> [UInt8] {
        Array("gatehouse-secret-1\n\(organisation)\n\(server)".utf8)
    }
}
