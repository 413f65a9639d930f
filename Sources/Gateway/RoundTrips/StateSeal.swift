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
        return Base64URL.encode(Array(whole))
    }

    /// What was sealed; nil for anything that was not sealed here, for this, and not too long ago.
    func open(_ text: [UInt8], for binding: Binding) -> State? {
        guard let whole = Base64URL.decode(text), let box = try? AES.GCM.SealedBox(combined: whole),
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

/// Base64 with the alphabet for addresses, without padding; only the canonical spelling is read (RFC 4648 section 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits = 0
        var held = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(alphabet[bits >> held & 63])
            }
            bits &= (1 << held) - 1
        }
        if held > 0 { text.append(alphabet[bits << (6 - held) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits = 0
        var held = 0
        for character in text {
            guard let value = values[Int(character)] else { return nil }
            bits = bits << 6 | Int(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
                bits &= (1 << held) - 1
            }
        }
        // Bits left over would be another spelling of the same bytes.
        return bits == 0 ? bytes : nil
    }
}
