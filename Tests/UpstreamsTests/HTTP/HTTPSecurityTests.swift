import Fetching
import Gateway
import NIOPosix
import NIOSSL
import Testing

@testable import Upstreams

/// TLS towards upstreams: the certificate's chain and name are verified, always.
@Suite("TLS towards upstreams", .timeLimit(.minutes(1)))
struct HTTPSecurityTests {
    typealias Personality = HTTPServerPersonality

    private static let fixtures: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.joined(separator: "/") + "/Fixtures"
    }()

    private static let roots = "\(fixtures)/ca.pem"

    private static func serverContext(_ name: String, protocols: [String] = ["http/1.1"]) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile("\(fixtures)/\(name).pem").map(
            NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(file: "\(fixtures)/\(name).key", format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.applicationProtocols = protocols
        return try NIOSSLContext(configuration: configuration)
    }

    /// One call to a server with this certificate, reached under this host name.
    private static func call(
        certificate: String, host: String, roots: String?, protocols: [String] = ["http/1.1"]
    ) async throws -> HTTPAnswerRecorder.End {
        try await ScriptedHTTPServer.serving(
            Personality.modern { $1.result("{}", to: $0) }, tls: serverContext(certificate, protocols: protocols)
        ) { server in
            let address = try UpstreamAddress("https://\(host):\(server.port)/mcp", isOperatorTyped: true)
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: HTTPUpstreamTesting.clientInfo)
            configuration.trust = try TLSTrust(additionalRootsFile: roots)
            let upstream = try HTTPUpstream(configuration, on: HTTPUpstreamTesting.group) { _ in }
            let recorder = HTTPAnswerRecorder()
            _ = upstream.ask(try HTTPUpstreamTesting.question("echo"), within: .seconds(20), recorder)
            let end = await recorder.end
            await upstream.shutDown()
            return end
        }
    }

    @Test(
        "a server with a certificate for its name from a trusted root is reached",
        arguments: ["localhost", "127.0.0.1"])
    func reachesTrusted(_ host: String) async throws {
        guard case .answered = try await Self.call(certificate: "loopback", host: host, roots: Self.roots) else {
            Issue.record("not reached")
            return
        }
    }

    @Test(
        "a server that cannot show who it is is unreachable, and is sent nothing",
        arguments: [
            ("loopback", "localhost", false), ("stranger", "localhost", true), ("stranger", "127.0.0.1", true),
        ])
    func refusesStrangers(_ certificate: String, _ host: String, _ isTrusted: Bool) async throws {
        let end = try await Self.call(certificate: certificate, host: host, roots: isTrusted ? Self.roots : nil)
        guard case .failed(let failure) = end else {
            Issue.record("reached")
            return
        }
        #expect(failure.kind == .unreachable)
        #expect(failure.wroteNothing)
    }

    @Test("nothing but HTTP/1.1 is agreed on with a server")
    func negotiatesHTTP1() async throws {
        let end = try await Self.call(
            certificate: "loopback", host: "localhost", roots: Self.roots, protocols: ["h2", "http/1.1"])
        guard case .answered = end else {
            Issue.record("not reached")
            return
        }
    }

    @Test("a server reached over https needs certificates to believe")
    func needsTrust() throws {
        let address = try UpstreamAddress("https://localhost/mcp", isOperatorTyped: true)
        let configuration = HTTPUpstream.Configuration(address: address, clientInfo: HTTPUpstreamTesting.clientInfo)
        #expect(throws: HTTPUpstream.NoTrust.self) {
            try HTTPUpstream(configuration, on: HTTPUpstreamTesting.group) { _ in }
        }
    }

    @Test("a file of roots that is none is refused when it is read")
    func refusesBadRoots() {
        #expect(throws: (any Error).self) { try TLSTrust(additionalRootsFile: "/no/such/file") }
    }
}
