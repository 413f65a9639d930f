import GatewayStorage

/// The keys of an instance: the first seals, all open.
public struct Keyring: Sendable {
    /// All of them, the one that seals first.
    let keys: [SecretKey]

    public init(_ current: SecretKey, earlier: [SecretKey] = []) { keys = [current] + earlier }

    /// Which key seals from now on.
    public var current: SecretKey { keys[0] }

    /// The key of this name, where it is here.
    func key(_ id: String) -> SecretKey? { keys.first { $0.id == id } }

    /// Seals the bytes for one record and no other.
    func seal(_ plain: [UInt8], organisation: RecordID, server: RecordID) throws(Refusal) -> SealedSecret {
        let sealed = try seal(plain, context: Self.context(organisation, server))
        return SealedSecret(
            organisation: organisation, id: server.extended("secret"), server: server, keyID: sealed.keyID,
            sealed: sealed.bytes)
    }

    func open(_ secret: SealedSecret) throws(Refusal) -> [UInt8] {
        try open(secret.sealed, keyID: secret.keyID, context: Self.context(secret.organisation, secret.server))
    }

    /// Seals bytes that only open with the same context.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(Refusal) -> (keyID: String, bytes: [UInt8]) {
        (current.id, try current.seal(plain, context: context))
    }

    func open(_ sealed: [UInt8], keyID: String, context: [UInt8]) throws(Refusal) -> [UInt8] {
        guard let key = key(keyID) else {
            throw .unavailable("the key `\(keyID)` that seals a secret is not here")
        }
        return try key.open(sealed, context: context)
    }

    /// Ties sealed bytes to their place: moved to another record they do not open.
    private static func context(_ organisation: RecordID, _ server: RecordID) -> [UInt8] {
        Array("gatehouse-secret-1\n\(organisation)\n\(server)".utf8)
    }
}
