/// Networks that are nobody's public servers (IANA special-purpose address registries, RFC 6890).
enum ReservedNetwork {
    struct IPv4: Sendable {
        let network: UInt32
        let bits: UInt32

        init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ bits: UInt32) {
            network = a << 24 | b << 16 | c << 8 | d
            self.bits = bits
        }

        func contains(_ address: UInt32) -> Bool { (address ^ network) >> (32 - bits) == 0 }
    }

    struct IPv6: Sendable {
        let network: [UInt8]
        let bits: Int

        /// The network's leading bytes; the rest are zero.
        init(_ network: [UInt8], _ bits: Int) {
            self.network = network
            self.bits = bits
        }

        func contains(_ address: [UInt8]) -> Bool {
            for (index, byte) in network.enumerated() {
                let left = bits - index * 8
                guard left > 0 else { return true }
                let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
                guard (address[index] ^ byte) & mask == 0 else { return false }
            }
            return true
        }
    }

    static let ipv4: [IPv4] = [
        IPv4(0, 0, 0, 0, 8),  // this network, unspecified
        IPv4(10, 0, 0, 0, 8),  // private
        IPv4(100, 64, 0, 0, 10),  // carrier-grade NAT; one cloud's metadata at 100.100.100.200
        IPv4(127, 0, 0, 0, 8),  // loopback
        IPv4(168, 63, 129, 16, 32),  // one cloud's host agent, reachable from every machine in it
        IPv4(169, 254, 0, 0, 16),  // link-local; most clouds' metadata at 169.254.169.254
        IPv4(172, 16, 0, 0, 12),  // private
        IPv4(192, 0, 0, 0, 24),  // IETF protocol assignments
        IPv4(192, 0, 2, 0, 24),  // documentation
        IPv4(192, 88, 99, 0, 24),  // 6to4 relays, withdrawn
        IPv4(192, 168, 0, 0, 16),  // private
        IPv4(198, 18, 0, 0, 15),  // benchmarking
        IPv4(198, 51, 100, 0, 24),  // documentation
        IPv4(203, 0, 113, 0, 24),  // documentation
        IPv4(224, 0, 0, 0, 4),  // multicast
        IPv4(240, 0, 0, 0, 4),  // reserved, broadcast
    ]

    /// Inside 2000::/3.
    static let ipv6: [IPv6] = [
        IPv6([0x20, 0x01, 0x00], 23),  // IETF protocol assignments: Teredo, benchmarking, ORCHID
        IPv6([0x20, 0x01, 0x0D, 0xB8], 32),  // documentation
        IPv6([0x3F, 0xFF, 0x00], 20),  // documentation
    ]
}

/// IPv6 addresses that lead to an IPv4 address.
struct EmbeddedIPv4: Sendable {
    let prefix: [UInt8]
    /// Where the four bytes stand.
    let offset: Int

    static let forms: [EmbeddedIPv4] = [
        EmbeddedIPv4(prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], offset: 12),  // mapped, RFC 4291 2.5.5.2
        EmbeddedIPv4(prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0], offset: 12),  // translated, RFC 2765
        EmbeddedIPv4(prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], offset: 12),  // compatible, RFC 4291 2.5.5.1
        EmbeddedIPv4(prefix: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], offset: 12),  // NAT64, RFC 6052
        EmbeddedIPv4(prefix: [0x20, 0x02], offset: 2),  // 6to4, RFC 3056
    ]
}
