import NIOCore
import Testing

@testable import Fetching

/// Hostile inputs 65: an address out of a document never reaches a private network, however it is spelled.
@Suite("Address guard")
struct AddressGuardTests {
    static let refused: [String] = [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254", "168.63.129.16", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255",
        "192.0.0.1",
        "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        // IPv6 of its own.
        "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff::1", "ff02::1",
        "ff0e::1",
        "100::1", "2001:db8::1", "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "3fff::1", "3fff:fff::1",
        "5f00::1",
        "4000::1", "64:ff9b:1::1",
        // IPv4 in IPv6: mapped, compatible, translated, NAT64, 6to4.
        "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
        "::127.0.0.1",
        "::10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b::169.254.169.254", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", "2002:c0a8:101::",
    ]

    static let permitted: [String] = [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
        "192.0.1.1",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2606:4700::1111", "2a00:1450:4001::1", "2001:200::1", "2001:db7::1", "2001:4860:4860::8888", "3ffe::1",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
    ]

    @Test("an address out of a document never reaches a private or reserved network", arguments: refused)
    func refusesPrivate(_ text: String) throws {
        let address = try SocketAddress(ipAddress: text, port: 443)
        #expect(!AddressGuard(isOperatorTyped: false).permits(address))
        #expect(AddressGuard(isOperatorTyped: true).permits(address))
    }

    @Test("an address out of a document may be a public server's", arguments: permitted)
    func permitsPublic(_ text: String) throws {
        let address = try SocketAddress(ipAddress: text, port: 443)
        #expect(AddressGuard(isOperatorTyped: false).permits(address))
    }

    @Test("an address out of a document is no local socket")
    func refusesUnixSockets() throws {
        let address = try SocketAddress(unixDomainSocketPath: "/run/docker.sock")
        #expect(!AddressGuard(isOperatorTyped: false).permits(address))
    }
}
