import NIOCore
import Testing

@testable import Console

/// By what bounds for one address are counted.
struct PeerNetworkTests {
    private func name(_ address: String) throws -> String {
        PeerNetwork.name(of: try SocketAddress(ipAddress: address, port: 1))
    }

    @Test("addresses of one network of IPv6 are one peer; every address of IPv4 is its own, however it is written")
    func networks() throws {
        #expect(try name("2001:db8:1:2::1") == name("2001:db8:1:2:ffff::9"))
        #expect(try name("2001:db8:1:2::1") != name("2001:db8:1:3::1"))
        #expect(try name("2001:db8:1:23::1") != name("2001:db8:12:3::1"))
        #expect(try name("192.0.2.1") == "192.0.2.1" && name("::ffff:192.0.2.1") == "192.0.2.1")
        #expect(try name("192.0.2.1") != name("192.0.2.2") && name("::ffff:192.0.2.1") != name("::ffff:192.0.2.2"))
        #expect(PeerNetwork.name(of: nil) == "unknown")
    }
}
