import Foundation
import GatewayHTTP
import GatewayTesting
import NIOSSL
import Testing

/// The same endpoint behind TLS.
@Suite("TLS")
struct TLSTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Fixtures")

    /// A certificate for loopback, made for these tests alone, and a client that trusts it and no other.
    private static func contexts() throws -> (server: NIOSSLContext, client: NIOSSLContext) {
        let certificate = fixtures.appendingPathComponent("loopback-certificate.pem").path
        let chain = try NIOSSLCertificate.fromPEMFile(certificate)
        let key = try NIOSSLPrivateKey(file: fixtures.appendingPathComponent("loopback-key.pem").path, format: .pem)
        var server = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        server.minimumTLSVersion = .tlsv12
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .certificates(chain)
        return (try NIOSSLContext(configuration: server), try NIOSSLContext(configuration: client))
    }

    @Test("requests, streams and refusals are the same behind TLS")
    func answers() async throws {
        let words = try await EndpointUnderTest.with(tls: try Self.contexts()) { endpoint in
            endpoint.world.upstream.script { exchange in
                if exchange.progressToken != nil { exchange.reportProgress(1) }
                exchange.answer(RecordedUpstream.emptyResult)
            }
            let client = try await endpoint.connect()
            for _ in 0..<2 {
                try await client.send(endpoint.call("echo").bytes)
                #expect(try await client.response().status == 200)
                try await client.send(endpoint.call("echo", meta: #""progressToken":1"#).bytes)
                #expect(try await client.response().events.count == 2)
            }
            try await client.send(endpoint.call("echo").with("Authorization", nil).adding("Connection", "close").bytes)
            let last = try await client.response()
            #expect(last.status == 401 && last["connection"] == "close")
            #expect(try await client.closed() == "")
        }
        #expect(words == ["allowed", "allowed", "allowed", "allowed", "refused (unknown token)"])
    }

    @Test("a large answer arrives whole on a connection that closes after it")
    func large() async throws {
        try await EndpointUnderTest.with(tls: try Self.contexts()) { endpoint in
            let text = String(repeating: "0123456789abcdef", count: 1 << 17)
            endpoint.world.upstream.script {
                $0.answer(#"{"content":[{"type":"text","text":"\#(text)"}],"resultType":"complete"}"#)
            }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").adding("Connection", "close").bytes)
            let seen = try await client.inbox.value { $0.bytes.count > text.utf8.count || $0.isClosed }
            #expect(seen.bytes.count > text.utf8.count)
            #expect(try await client.response().text.contains(text))
            #expect(try await client.closed() == "")
        }
    }

    @Test("a client that leaves takes its call back behind TLS too")
    func leaving() async throws {
        try await EndpointUnderTest.with(tls: try Self.contexts()) { endpoint in
            endpoint.world.upstream.script { _ in }
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").bytes)
            let call = try await endpoint.world.upstream.calls.value { $0.count == 1 }[0]
            await client.leave()
            try await call.isCancelled.value { $0 }
        }
    }

    @Test("whoever speaks in the clear, or trusts another certificate, gets nothing")
    func strangers() async throws {
        let words = try await EndpointUnderTest.with(tls: try Self.contexts()) { endpoint in
            let clear = try await RawClient.connect(to: endpoint.port)
            clear.throwIn(endpoint.call("echo").bytes)
            #expect(try await clear.closed().contains("HTTP/") == false)
            let distrustful = try await RawClient.connect(
                to: endpoint.port, tls: try NIOSSLContext(configuration: .makeClientConfiguration()))
            distrustful.throwIn(endpoint.call("echo").bytes)
            #expect(try await distrustful.closed() == "")
            #expect(endpoint.world.upstream.calls.value.isEmpty)
            // The endpoint goes on.
            try await endpoint.expect(200, endpoint.call("echo"))
        }
        #expect(words == ["allowed"])
    }
}
