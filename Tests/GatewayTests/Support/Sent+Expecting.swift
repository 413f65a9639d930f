import GatewayTesting
import MCPMessages
import Testing

extension LineClient.Sent {
    /// The answer is a JSON-RPC error with this code.
    func expectError(_ code: RPCError.Code, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answer = try await end()
        #expect(answer.errorCode == code.rawValue, "\(answer.text)", sourceLocation: sourceLocation)
    }

    /// The answer is a result, and no refusal or failure.
    func expectAnswer(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answer = try await end()
        #expect(answer.errorCode == nil && !answer.isToolError, "\(answer.text)", sourceLocation: sourceLocation)
    }

    /// The answer is a tool result that says why there is none.
    func expectToolError(
        _ words: String? = nil, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await end()
        #expect(answer.isToolError, comment ?? "\(answer.text)", sourceLocation: sourceLocation)
        if let words { #expect(answer.toolText == words, comment, sourceLocation: sourceLocation) }
    }

    /// The answer is this result, byte for byte, to the request with that id.
    func expectResult(_ result: String, id: Int = 1, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answer = try await end()
        #expect(
            answer.text == "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\(result)}", sourceLocation: sourceLocation)
    }
}
