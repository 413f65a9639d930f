import GatewayStorage
import MCPMessages
import OAuthMessages
import Synchronization
import WireJSON

/// Clients that registered themselves (RFC 7591). A client's id is its registration, sealed, so that no stranger fills any
/// store by registering; how often that is done has a bound besides.
final class RegisteredClients: Sendable {
    private let keyring: Keyring
    private let recent = Mutex<(minute: Int64, count: Int)>((0, 0))

    init(keyring: Keyring) { self.keyring = keyring }

    /// The new client's id; nil where there were too many of late.
    func register(_ client: ClientMetadata, at now: WallTime) throws(Refusal) -> String? {
        guard isTaken(at: now) else { return nil }
        var writer = JSONWriter()
        writer.object { json in
            json.member("issued_at", now)
            client.write(to: &json)
        }
        let sealed = try keyring.current.seal(writer.bytes, context: Self.context)
        return "reg." + keyring.current.id + "." + String(decoding: Base64.url.encode(sealed), as: UTF8.self)
    }

    /// What the client with this id registered as; nil for an id that was never given, or long ago.
    func client(_ id: String, at now: WallTime) -> ClientMetadata? {
        let parts = id.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("reg".utf8),
            let key = keyring.key(String(decoding: parts[1], as: UTF8.self)), let sealed = Base64.url.decode(parts[2]),
            let bytes = try? key.open(sealed, context: Self.context), let json = try? JSON(bytes),
            let issued = json.time("issued_at"), now < issued.advanced(by: AuthorizationBounds.registration)
        else { return nil }
        return try? ClientMetadata(registration: bytes)
    }

    private static let context = Array("gatehouse-client-1".utf8)

    private func isTaken(at now: WallTime) -> Bool {
        let minute = now.milliseconds / 60_000
        return recent.withLock { recent in
            if recent.minute != minute { recent = (minute, 0) }
            guard recent.count < AuthorizationBounds.registrationsPerMinute else { return false }
            recent.count += 1
            return true
        }
    }
}
