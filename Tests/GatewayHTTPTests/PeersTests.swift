import Gateway
import GatewayHTTP
import GatewayTesting
import Testing

/// The defence against DNS rebinding (hostile F66; MCP, "Security").
@Suite("Hosts and origins")
struct PeersTests {
    static let peers = AllowedPeers(
        host: "127.0.0.1", port: 8420, named: ["Gate.Example", "other.example:9000", "[2001:db8::1]", "work.example"])

    static let hosts: [([String], Bool)] = [
        (["127.0.0.1:8420"], true), (["localhost:8420"], true), (["LOCALHOST:8420"], true), (["[::1]:8420"], true),
        (["gate.example"], true), (["GATE.example:8420"], true), (["gate.example:443"], true),
        (["gate.example:80"], true),
        (["other.example:9000"], true), (["[2001:db8::1]"], true), (["[2001:DB8::1]:8420"], true),
        ([], false), ([""], false), (["evil.example"], false), (["evil.example:8420"], false), (["127.0.0.1"], false),
        (["127.0.0.1:8421"], false), (["127.0.0.1:84200"], false), (["127.0.0.1:08420"], false),
        (["127.0.0.1:8420 "], false),
        (["127.0.0.1:8420:8420"], false), (["127.0.0.2:8420"], false), (["2130706433:8420"], false),
        (["0x7f.1:8420"], false),
        (["localhost.:8420"], false), (["localhost.evil.example:8420"], false), (["evil.localhost:8420"], false),
        (["localhost@evil.example:8420"], false), (["::1:8420"], false), (["[::1]"], false),
        (["[::1%25lo]:8420"], false),
        (["[::ffff:127.0.0.1]:8420"], false), (["[::1]:8420x"], false), (["other.example"], false),
        (["other.example:8420"], false),
        (["gate.example:9000"], false), (["gate.example:"], false), (["gate.example:8420,evil.example"], false),
        (["127.0.0.1:8420", "127.0.0.1:8420"], false), (["127.0.0.1:8420", "evil.example"], false),
        (["wor\u{212A}.example"], false), (["gate.e\u{0445}ample"], false),
    ]

    @Test("a host is one of this endpoint's, to the letter", arguments: hosts)
    func host(_ lines: [String], _ isPermitted: Bool) {
        #expect(Self.peers.permits(hosts: lines) == isPermitted)
    }

    static let origins: [([String], Bool)] = [
        ([], true), (["http://127.0.0.1:8420"], true), (["http://localhost:8420"], true),
        (["HTTP://LocalHost:8420"], true),
        (["http://[::1]:8420"], true), (["https://gate.example"], true), (["http://gate.example"], true),
        (["https://gate.example:8420"], true), (["https://localhost:8420"], true),
        ([""], false), (["null"], false), (["*"], false), (["http://evil.example"], false),
        (["http://evil.example:8420"], false),
        (["http://127.0.0.1"], false), (["http://127.0.0.1:8421"], false), (["http://localhost:8420/"], false),
        (["http://localhost:8420.evil.example"], false), (["http://localhost:8420@evil.example"], false),
        (["http://evil.example#localhost:8420"], false), (["http://"], false), (["https://"], false),
        (["localhost:8420"], false),
        (["file://"], false), (["chrome-extension://localhost:8420"], false), (["ws://localhost:8420"], false),
        (["http:/localhost:8420"], false), (["http://localhost:8420 http://evil.example"], false),
        (["http://localhost:8420", "http://localhost:8420"], false),
        (["http://localhost:8420", "http://evil.example"], false),
        (["http://127.0.0.1.:8420"], false), (["http://[::1]"], false),
        (["http://localhost:8420,http://evil.example"], false),
    ]

    @Test("an origin is one of this endpoint's, or none is named", arguments: origins)
    func origin(_ lines: [String], _ isPermitted: Bool) {
        #expect(Self.peers.permits(origins: lines) == isPermitted)
    }

    @Test("on a default port the port may be left out", arguments: [80, 443])
    func defaultPorts(_ port: Int) {
        let peers = AllowedPeers(host: "127.0.0.1", port: port)
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            #expect(peers.permits(hosts: [host]) && peers.permits(hosts: ["\(host):\(port)"]))
            #expect(!peers.permits(hosts: ["\(host):8420"]))
        }
        #expect(peers.permits(origins: [port == 80 ? "http://localhost" : "https://localhost"]))
    }

    @Test("an address of IPv6 is named in brackets")
    func addresses() {
        let peers = AllowedPeers(host: "2001:DB8::1", port: 8420)
        #expect(peers.permits(hosts: ["[2001:db8::1]:8420"]))
        #expect(!peers.permits(hosts: ["2001:db8::1:8420"]))
    }

    static let wire: [(String, [(String, String)], Int)] = [
        ("Host", [("Host", "evil.example")], 403), ("Host", [("Host", "127.0.0.1")], 403),
        ("Host", [("Host", "")], 403),
        ("Host", [], 403), ("Host", [("Host", "127.0.0.1:PORT"), ("Host", "127.0.0.1:PORT")], 403),
        ("Host", [("host", "localhost:PORT")], 200), ("Host", [("HOST", "[::1]:PORT")], 200),
        ("Origin", [("Origin", "null")], 403), ("Origin", [("Origin", "http://evil.example")], 403),
        ("Origin", [("Origin", "http://localhost:PORT")], 200),
        ("Origin", [("Origin", "http://localhost:PORT"), ("origin", "http://evil.example")], 403),
        ("Origin", [("Origin", "")], 403),
    ]

    @Test("on the wire, a foreign host or origin is 403 whatever the method, and nothing is called", arguments: wire)
    func onTheWire(_ name: String, _ lines: [(String, String)], _ status: Int) async throws {
        for method in ["POST", "GET", "DELETE"] {
            let words = try await EndpointUnderTest.with { endpoint in
                var request = endpoint.call("echo").with(name, nil)
                if method != "POST" { request = request.by(method).with("MCP-Protocol-Version", nil) }
                for (name, value) in lines {
                    request = request.adding(name, value.replacing("PORT", with: "\(endpoint.port)"))
                }
                let response = try await endpoint.exchange(request)
                // A legacy GET or DELETE without a session is 400 once it is let in.
                #expect(response.status == (status == 200 && method != "POST" ? 400 : status))
                #expect(endpoint.world.upstream.calls.value.count == (status == 200 && method == "POST" ? 1 : 0))
            }
            if status == 403 { #expect(words == ["refused (foreign \(name.lowercased()))"]) }
        }
    }
}
