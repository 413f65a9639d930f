import Administration
import Crypto
import GatewayStorage
import MCPMessages
import Testing
import WireJSON

/// The keys of the gateway's own tokens.
@Suite("Signing keys")
struct SigningTests {
    @Test("a token verifies by a published key, the day after too, and by no other")
    func verifies() async throws {
        let (desk, other) = (try await SignInDesk(), try await SignInDesk())
        let client = try await desk.register()
        let token = try #require(Token(try await desk.exchange(try await desk.code(client), client).access))
        #expect(token.header["alg"]?.string == "ES256" && token.header["typ"]?.string == "at+jwt")
        #expect(try token.verifies(by: desk.server.keySet()))
        #expect(try !token.verifies(by: other.server.keySet()))
        desk.instance.wait(.seconds(86_400))
        #expect(try token.verifies(by: desk.server.keySet()))
        desk.instance.wait(.seconds(86_400))
        #expect(try !token.verifies(by: desk.server.keySet()))
    }

    @Test("a new sealing key signs at once, and what the earlier one signed stays good")
    func rotated() async throws {
        let (old, new) = (SecretKey.make().key, SecretKey.make().key)
        let now = WallTime(milliseconds: 1_790_000_000_000)
        let before = try names(AuthorizationServer.keySet(of: Keyring(old), at: now))
        let after = try names(AuthorizationServer.keySet(of: Keyring(new, earlier: [old]), at: now))
        #expect(Set(before).count == 3 && Set(after).count == 6 && Set(before).isSubset(of: after))
    }

    @Test("what is published is public halves alone")
    func published() throws {
        let keys = try JSON(
            AuthorizationServer.keySet(of: Keyring(SecretKey.make().key), at: WallTime(milliseconds: 0)))
        for key in try #require(keys["keys"]).elements {
            #expect(Set(key.members.map(\.key.string)) == ["kty", "crv", "use", "alg", "kid", "x", "y"])
        }
    }

    private func names(_ keys: [UInt8]) throws -> [String] {
        try #require(try JSON(keys)["keys"]).elements.compactMap { $0["kid"]?.string }
    }
}

/// A token taken apart as any client could.
struct Token {
    let header: JSON
    let claims: JSON
    private let signed: [UInt8]
    private let signature: [UInt8]

    init?(_ text: String) {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64.url.decode(parts[0]).flatMap({ try? JSON($0) }),
            let claims = Base64.url.decode(parts[1]).flatMap({ try? JSON($0) }),
            let signature = Base64.url.decode(parts[2])
        else { return nil }
        (self.header, self.claims, self.signature) = (header, claims, signature)
        signed = Array(parts[0] + [UInt8(ascii: ".")] + parts[1])
    }

    func verifies(by keySet: [UInt8]) throws -> Bool {
        let keys = try #require(try JSON(keySet)["keys"]).elements.filter { $0["kid"]?.string == header["kid"]?.string }
        return try keys.contains { key in
            let x = try #require(key["x"]?.string.flatMap { Base64.url.decode($0.utf8) })
            let y = try #require(key["y"]?.string.flatMap { Base64.url.decode($0.utf8) })
            return try P256.Signing.PublicKey(x963Representation: [4] + x + y).isValidSignature(
                P256.Signing.ECDSASignature(rawRepresentation: signature), for: signed)
        }
    }
}
