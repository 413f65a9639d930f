import Crypto
import GatewayStorage
import MCPMessages
import WireJSON

/// Seals what a client carries from one leg of a multi-round-trip request to the next, so that it can be neither read nor
/// changed, nor used by another principal, for another thing, with other arguments, or later.
///
/// Revision 2026-07-28, "Multi round-trip requests": `requestState` is under the attacker's control. AES-256-GCM under a
/// key of this process; what the state belongs to is authenticated beside it and not carried.
struct StateSeal: Sendable {
    /// What a state belongs to.
    struct Binding: Sendable {
        let principal: String
        let server: String
        let method: String
        /// The tool, the prompt or the URI.
        let name: [UInt8]
        let arguments: JSON?

        /// Each part with its length before it, so that no two bindings are the same bytes.
        fileprivate var bytes: [UInt8] {
            let arguments = arguments.map { AuditText.digest($0.canonicalExact()) } ?? []
            return [Array(principal.utf8), Array(server.utf8), Array(method.utf8), name, arguments].flatMap { part in
                withUnsafeBytes(of: UInt64(part.count).bigEndian, Array.init) + part
            }
        }
    }

    /// What is carried.
    enum State: Equatable {
        /// A modern server's own state: the JSON text, exactly as received.
        case upstream([UInt8])
        /// The number of a call that is parked here.
        case parked(UInt64)
    }

    private let key = SymmetricKey(size: .bits256)
    private let clock: GatewayClock

    init(clock: GatewayClock) { self.clock = clock }

    /// The state as a text of letters, digits, `-` and `_`; different each time.
    func seal(_ state: State, for binding: Binding) -> String? {
        let expiry = clock.wall().milliseconds + GatewayLimits.roundTripLife.components.seconds * 1000
        var plain = withUnsafeBytes(of: expiry.bigEndian, Array.init)
        switch state {
        case .upstream(let bytes):
            plain.append(0)
            plain.append(contentsOf: bytes)
        case .parked(let number):
            plain.append(1)
            plain.append(contentsOf: withUnsafeBytes(of: number.bigEndian, Array.init))
        }
        guard let box = try? AES.GCM.seal(plain, using: key, authenticating: binding.bytes), let whole = box.combined
        else { return nil }
        return String(decoding: Base64.url.encode(Array(whole)), as: UTF8.self)
    }

    /// What was sealed; nil for anything that was not sealed here, for this, and not too long ago.
    func open(_ text: [UInt8], for binding: Binding) -> State? {
        guard let whole = Base64.url.decode(text), let box = try? AES.GCM.SealedBox(combined: whole),
            let opened = try? AES.GCM.open(box, using: key, authenticating: binding.bytes)
        else { return nil }
        let plain = Array(opened)
        guard plain.count > 8, Self.number(plain[..<8]) > UInt64(max(0, clock.wall().milliseconds)) else { return nil }
        switch plain[8] {
        case 0: return .upstream(Array(plain[9...]))
        case 1 where plain.count == 17: return .parked(Self.number(plain[9...]))
        default: return nil
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
