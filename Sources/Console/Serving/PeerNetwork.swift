import NIOCore

/// Where requests come from, as far as they are counted: an IPv4 address, or the 64 bits of an IPv6 address that name a
/// network (RFC 4291 section 2.5.4), since whoever has one address of it has all.
enum PeerNetwork {
    static func name(of address: SocketAddress?) -> String {
        switch address {
        case .v4: address?.ipAddress ?? "unknown"
        // The address lies behind family, port and flow information (RFC 3493 section 3.3).
        case .v6(let six): name(of: withUnsafeBytes(of: six.address) { Array($0[8..<24]) })
        case .unixDomainSocket: "this machine"
        case nil: "unknown"
        }
    }

    private static func name(of bytes: [UInt8]) -> String {
        // An IPv4 address in the clothes of the other (RFC 4291 section 2.5.5.2).
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        if bytes.starts(with: mapped) { return bytes.dropFirst(12).map(String.init).joined(separator: ".") }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
