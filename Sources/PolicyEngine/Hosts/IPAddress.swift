/// An Internet address. An IPv4 address is the IPv6 address that stands for it (RFC 4291 section 2.5.5.2): whichever
/// of the two a call spells, the same host is reached.
struct IPAddress: Sendable, Hashable {
    let bits: UInt128

    init(bits: UInt128) {
        self.bits = bits
    }

    init(v4 bits: UInt32) {
        self.bits = Self.mapped | UInt128(bits)
    }

    /// Is an IPv4 address.
    var isV4: Bool { bits >> 32 == Self.mapped >> 32 }

    /// The IPv4 address that an IPv6 address leads to where networks translate or tunnel.
    var embedded: IPAddress? {
        if isV4 { return nil }
        switch bits >> 96 {
        // NAT64 (RFC 6052); the rest of the prefix is zero.
        case 0x0064_FF9B where bits >> 32 & 0xFFFF_FFFF_FFFF_FFFF == 0:
            return IPAddress(v4: UInt32(truncatingIfNeeded: bits))
        // Teredo (RFC 4380) hides the client's address by inverting it.
        case 0x2001_0000:
            return IPAddress(v4: ~UInt32(truncatingIfNeeded: bits))
        // 6to4 (RFC 3056).
        case let prefix where prefix >> 16 == 0x2002:
            return IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 80))
        // IPv4-compatible, which is deprecated, but for `::` and `::1`; and IPv4-translated (RFC 2765).
        case 0 where bits > 0xFFFF && (bits >> 32 == 0 || bits >> 32 == 0xFFFF_0000):
            return IPAddress(v4: UInt32(truncatingIfNeeded: bits))
        case _:
            return nil
        }
    }

    private static let mapped: UInt128 = 0xFFFF << 32
}
