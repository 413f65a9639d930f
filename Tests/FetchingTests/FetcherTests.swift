import Fetching
import LoopbackServer
import NIOCore
import Testing

/// Hostile inputs 65: a document is fetched from what was looked at, and nowhere else.
@Suite("Fetching")
struct FetcherTests {
    private static func fetch(
        _ url: String, isTyped: Bool = true, bounds: FetchBounds = .init(), resolution: Fetcher.Resolution? = nil
    ) async throws -> FetchResponse {
        let address = try WebAddress(url, isOperatorTyped: isTyped)
        return try await Fetcher(bounds: bounds, resolution: resolution).fetch(.json(at: address))
    }

    private static func serving(
        _ answer: LoopbackServer.Answer, _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.serving({ _, _ in answer }, body)
    }

    @Test("a document comes whole, with its status and fields")
    func document() async throws {
        try await Self.serving(.init(401, "{}", fields: [("X-One", "a"), ("x-one", "b")])) { server in
            let response = try await Self.fetch(server.origin + "/a?b=c")
            #expect(response.status == 401 && response.body == Array("{}".utf8))
            #expect(response.values(of: "x-one") == ["a", "b"])
            #expect(server.requests.map(\.path) == ["/a?b=c"])
            #expect(server.requests[0].values(of: "host") == ["127.0.0.1:\(server.port)"])
        }
    }

    @Test("a redirect is an answer like any other: nothing is fetched from where it points")
    func redirect() async throws {
        try await LoopbackServer.serving({ origin, _ in .init(302, fields: [("Location", origin + "/other")]) }) {
            server in
            let response = try await Self.fetch(server.origin + "/")
            #expect(response.status == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a body over the bound is refused")
    func tooLarge() async throws {
        var bounds = FetchBounds()
        bounds.bodyBytes = 100
        try await Self.serving(.init(200, String(repeating: "x", count: 101))) { server in
            await #expect {
                _ = try await Self.fetch(server.origin + "/", bounds: bounds)
            } throws: { error in
                if case FetchFailure.tooLarge(_, bytes: 100) = error { true } else { false }
            }
        }
    }

    static let spellings = [
        "http://127.0.0.1:PORT/", "http://127.1:PORT/", "http://0x7f.1:PORT/", "http://2130706433:PORT/",
        "http://[::1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://localhost:PORT/", "http://0:PORT/",
        "http://169.254.169.254:PORT/latest/meta-data/",
    ]

    @Test("no spelling of this machine is reached by an address that nobody typed", arguments: spellings)
    func guarded(_ url: String) async throws {
        try await Self.serving(.init()) { server in
            await #expect {
                _ = try await Self.fetch(url.replacing("PORT", with: "\(server.port)"), isTyped: false)
            } throws: { error in
                if case FetchFailure.addressRefused = error { true } else { false }
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test("the connection goes to the address that was looked at: the name is not resolved again")
    func pinned() async throws {
        try await Self.serving(.init(200, "{}")) { server in
            // No resolver knows this name.
            let response = try await Self.fetch("http://pinned.invalid:\(server.port)/") { _, port in
                [try SocketAddress(ipAddress: "127.0.0.1", port: port)]
            }
            #expect(response.status == 200)
            #expect(server.requests[0].values(of: "host") == ["pinned.invalid:\(server.port)"])
        }
    }

    @Test("a name with one private address among its public ones is refused")
    func mixed() async throws {
        await #expect {
            _ = try await Self.fetch("https://mixed.invalid/", isTyped: false) { _, port in
                [
                    try SocketAddress(ipAddress: "8.8.8.8", port: port),
                    try SocketAddress(ipAddress: "10.0.0.1", port: port),
                ]
            }
        } throws: { error in
            if case FetchFailure.addressRefused = error { true } else { false }
        }
    }

    @Test("where one address of a name does not answer, the next is tried")
    func next() async throws {
        try await Self.serving(.init(200, "{}")) { server in
            let response = try await Self.fetch("http://two.invalid:\(server.port)/") { _, port in
                [
                    try SocketAddress(ipAddress: "127.0.0.2", port: 1),
                    try SocketAddress(ipAddress: "127.0.0.1", port: port),
                ]
            }
            #expect(response.status == 200)
        }
    }

    @Test(
        "an answer that is begun and never ended is given up at the bound, head and body together",
        .timeLimit(.minutes(1)), arguments: ["", "{"])
    func stalled(_ beginning: String) async throws {
        var bounds = FetchBounds()
        bounds.time = .milliseconds(200)
        try await Self.serving(.stalled(200, beginning)) { server in
            await #expect {
                _ = try await Self.fetch(server.origin + "/", bounds: bounds)
            } throws: { error in
                if case FetchFailure.unreachable = error { true } else { false }
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a name that nobody answers for is given up at the bound", .timeLimit(.minutes(1)))
    func unresolved() async throws {
        var bounds = FetchBounds()
        bounds.time = .milliseconds(200)
        await #expect {
            _ = try await Self.fetch("http://slow.invalid/", bounds: bounds) { _, _ in
                try await Task.sleep(for: .seconds(86_400))
                return []
            }
        } throws: { error in
            if case FetchFailure.unreachable = error { true } else { false }
        }
    }
}
