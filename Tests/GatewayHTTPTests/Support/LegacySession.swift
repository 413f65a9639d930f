import GatewayTesting
import Testing
import WireJSON

/// A legacy session over HTTP, and what a test does in it.
struct LegacySession: Sendable {
    let endpoint: EndpointUnderTest
    let id: String

    static func begin(_ endpoint: EndpointUnderTest, version: String = "2025-11-25") async throws -> LegacySession {
        let params = #"{"protocolVersion":"\#(version)","capabilities":{}}"#
        let response = try await endpoint.exchange(
            endpoint.post(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":\#(params)}"#))
        #expect(response.json?["result"]?["protocolVersion"]?.string == version)
        return LegacySession(endpoint: endpoint, id: try #require(response["mcp-session-id"]))
    }

    func call(_ id: Int) -> HTTPRequest {
        endpoint.post(
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"echo","_meta":{"progressToken":\#(id)}}}"#,
            session: self.id)
    }

    /// Asks for a stream; the one after whose event it was lost, where an id is given.
    func get(after event: String? = nil) -> HTTPRequest {
        let get = endpoint.post("", session: id).by("GET").with("Accept", "text/event-stream")
        return event.map { get.adding("Last-Event-ID", $0) } ?? get
    }

    /// Calls, and gives back the call as it arrived at the server.
    func begin(_ id: Int, on client: RawClient) async throws -> RecordedExchange {
        let before = endpoint.world.upstream.calls.value.count
        try await client.send(call(id).bytes)
        return try await endpoint.world.upstream.calls.value { $0.count == before + 1 }[before]
    }

    /// Calls, lets the server report progress so many times, and loses the connection when all of it is there.
    ///
    /// - Returns: the call, and the ids of the stream's events in their order.
    func lost(_ id: Int, after steps: Int) async throws -> (call: RecordedExchange, ids: [String]) {
        let client = try await endpoint.connect()
        let call = try await begin(id, on: client)
        for step in 1...steps { call.reportProgress(step) }
        let seen = try await client.receives("\"progress\":\(steps)}")
        await client.leave()
        return (call, Self.ids(in: seen))
    }

    /// The ids of events, as they came over the wire.
    static func ids(in text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n").filter { $0.hasPrefix("id: ") }
            .map { String($0.dropFirst(4)) }
    }

    static func progress(_ id: Int, _ step: Int) -> String {
        #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(id),"progress":\#(step)}}"#
    }

    static func answer(_ id: Int) -> String { #"{"jsonrpc":"2.0","id":\#(id),"result":{"content":[]}}"# }
}
