import Administration
import GatewayStorage
import GatewayTesting
import Testing

/// Tokens that servers gave the gateway, in a store that could be read by others.
@Suite("Sealed credentials")
struct SealedCredentialsTests {
    private static let token = Array("at-0123456789abcdef0123456789abcdef".utf8)

    @Test("sealed credentials", arguments: StoreConformance.credentials)
    func conformance(promise: ConformanceCase<any CredentialStore>) async throws {
        try await promise.check(SealedCredentials(in: MemoryCredentials(), under: Keyring(SecretKey.make().key)))
    }

    @Test("the store sees no byte of what is kept, and the same is never sealed alike twice")
    func sealed() async throws {
        let store = MemoryCredentials()
        let credentials = SealedCredentials(in: store, under: Keyring(SecretKey.make().key))
        try await credentials.keep(Self.token, server: "a")
        let first = try #require(try await store.credential(server: "a"))
        for start in 0...(Self.token.count - 8) {
            #expect(first.firstRange(of: Self.token[start..<(start + 8)]) == nil)
        }
        try await credentials.keep(Self.token, server: "a")
        #expect(try await store.credential(server: "a") != first)
    }

    @Test(
        "what is moved to another server's place, changed by a bit, or sealed by a key that is not here does not open")
    func displaced() async throws {
        let store = MemoryCredentials()
        let credentials = SealedCredentials(in: store, under: Keyring(SecretKey.make().key))
        try await credentials.keep(Self.token, server: "a")
        let kept = try #require(try await store.credential(server: "a"))
        try await store.keep(kept, server: "b")
        await #expect(throws: StorageError.self) { _ = try await credentials.credential(server: "b") }
        for index in kept.indices {
            var changed = kept
            changed[index] ^= 1
            try await store.keep(changed, server: "a")
            await #expect(throws: StorageError.self, "byte \(index)") {
                _ = try await credentials.credential(server: "a")
            }
        }
        for short in [[], Array(kept.prefix(16)), Array(kept.prefix(20))] as [[UInt8]] {
            try await store.keep(short, server: "a")
            await #expect(throws: StorageError.self) { _ = try await credentials.credential(server: "a") }
        }
        try await store.keep(kept, server: "a")
        let other = SealedCredentials(in: store, under: Keyring(SecretKey.make().key))
        await #expect(throws: StorageError.self) { _ = try await other.credential(server: "a") }
        #expect(try await credentials.credential(server: "a") == Self.token)
    }

    @Test("a new key seals what an earlier one sealed, after which the earlier one is needed no more")
    func rotated() async throws {
        let store = MemoryCredentials()
        let (old, new) = (SecretKey.make().key, SecretKey.make().key)
        try await SealedCredentials(in: store, under: Keyring(old)).keep(Self.token, server: "a")
        try await SealedCredentials(in: store, under: Keyring(SecretKey.make().key)).keep(Self.token, server: "lost")
        let both = SealedCredentials(in: store, under: Keyring(new, earlier: [old]))
        #expect(try await both.reseal() == 1)
        #expect(try await both.reseal() == 0)
        let after = SealedCredentials(in: store, under: Keyring(new))
        #expect(try await after.credential(server: "a") == Self.token)
    }
}
