public import NIOCore

/// Whether a resolved socket address may be connected to.
///
/// The question is put about the address that is then connected to, never about a name: what a resolver says between two
/// questions may change, and `0x7f.1` or `[::ffff:7f00:1]` are spellings of loopback that no text comparison finds.
/// An address an operator typed may be anywhere; a fetched one never reaches a private, local or reserved network.
public struct AddressGuard: Sendable, Equatable {
    public let permitsPrivateNetworks: Bool

    /// - Parameter isOperatorTyped: whether a person with the right to do so named the address.
    public init(isOperatorTyped: Bool) { permitsPrivateNetworks = isOperatorTyped }

    public func permits(_ address: SocketAddress) -> Bool {
        if permitsPrivateNetworks { return true }
        switch address {
        // Read at the offsets that <netinet/in.h> gives them on every system: the headers' own field names belong to a
        // module that is not ours to import.
        case .v4(let address):
            return Self.isPublic(ipv4: withUnsafeBytes(of: address.address) { Self.number(Array($0[4..<8])) })
        case .v6(let address):
            return Self.isPublic(ipv6: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
        case .unixDomainSocket: return false
        }
    }

    /// - Parameter ipv4: in host byte order.
    static func isPublic(ipv4: UInt32) -> Bool { !ReservedNetwork.ipv4.contains { $0.contains(ipv4) } }

    /// - Parameter ipv6: the 16 bytes in network order.
    static func isPublic(ipv6: [UInt8]) -> Bool {
        // IPv4 in disguise is judged as the IPv4 address it leads to.
        for form in EmbeddedIPv4.forms where ipv6.starts(with: form.prefix) {
            return isPublic(ipv4: number(ipv6[form.offset..<(form.offset + 4)]))
        }
        // Only 2000::/3 is global unicast (RFC 4291 section 2.4): unspecified, loopback, unique local, link-local, site-local
        // and multicast all lie outside it.
        guard ipv6[0] & 0xE0 == 0x20 else { return false }
        return !ReservedNetwork.ipv6.contains { $0.contains(ipv6) }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
