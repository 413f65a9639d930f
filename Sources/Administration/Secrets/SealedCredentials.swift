public import GatewayStorage

/// What servers gave the gateway, sealed with the instance's keys before any store sees it.
///
/// Each is tied to its server: moved to another's place it does not open. The name of the key stands before what it seals.
public struct SealedCredentials: CredentialStore {
    private let store: any CredentialStore
    private let keyring: Keyring

    public init(in store: any CredentialStore, under keyring: Keyring) {
        self.store = store
        self.keyring = keyring
    }

    /// - Throws: ``StorageError`` also where the key that sealed it is not here, or somebody changed it.
    public func credential(server: String) async throws(StorageError) -> [UInt8]? {
        guard let kept = try await store.credential(server: server) else { return nil }
        do throws(Refusal) { return try open(kept, server: server) } catch { throw .failed(detail: "\(error)") }
    }

    public func keep(_ credential: [UInt8]?, server: String) async throws(StorageError) {
        guard let credential else { return try await store.keep(nil, server: server) }
        let sealed: [UInt8]
        do throws(Refusal) { sealed = try seal(credential, server: server) } catch {
            throw .failed(detail: "\(error)")
        }
        try await store.keep(sealed, server: server)
    }

    public func rewrite(
        _ body: @escaping @Sendable (_ server: String, _ credential: [UInt8]) -> [UInt8]?
    ) async throws(StorageError) -> Int {
        try await store.rewrite { server, kept in
            guard let plain = try? open(kept, server: server), let new = body(server, plain) else { return nil }
            return try? seal(new, server: server)
        }
    }

    /// Seals with the present key what an earlier one sealed; how many there were. What no key here opens is left: it is
    /// of no use, and somebody signs in again.
    public func reseal() async throws(StorageError) -> Int {
        let current = Array(keyring.current.id.utf8)
        return try await store.rewrite { server, kept in
            guard !kept.starts(with: current), let plain = try? open(kept, server: server) else { return nil }
            return try? seal(plain, server: server)
        }
    }

    private func seal(_ plain: [UInt8], server: String) throws(Refusal) -> [UInt8] {
        let sealed = try keyring.seal(plain, context: Self.context(server))
        return Array(sealed.keyID.utf8) + [Self.separator] + sealed.bytes
    }

    private func open(_ kept: [UInt8], server: String) throws(Refusal) -> [UInt8] {
        let name = kept.prefix { $0 != Self.separator }
        return try keyring.open(
            Array(kept.dropFirst(name.count + 1)), keyID: String(decoding: name, as: UTF8.self),
            context: Self.context(server))
    }

    private static let separator = UInt8(ascii: "\n")

    private static func context(_ server: String) -> [UInt8] { Array("gatehouse-credential-1\n\(server)".utf8) }
}
