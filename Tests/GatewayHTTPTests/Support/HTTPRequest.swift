import GatewayTesting

/// A request as bytes, with whatever a test wants wrong in it.
struct HTTPRequest: Sendable {
    var method = "POST"
    var path = "/mcp/tools"
    var version = "HTTP/1.1"
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    /// A POST that is in order.
    init(port: Int, _ body: String) {
        self.body = Array(body.utf8)
        fields = [
            ("Host", "127.0.0.1:\(port)"), ("Authorization", "Bearer \(RunningLine.token)"),
            ("Accept", "application/json, text/event-stream"), ("Content-Type", "application/json"),
            ("Content-Length", "\(self.body.count)"),
        ]
    }

    /// The same with another value for a field; nil takes it away.
    func with(_ name: String, _ value: String?) -> HTTPRequest {
        var copy = self
        let place = copy.fields.firstIndex { $0.name == name } ?? copy.fields.endIndex
        copy.fields.removeAll { $0.name == name }
        if let value { copy.fields.insert((name, value), at: min(place, copy.fields.count)) }
        return copy
    }

    /// The same with one more line.
    func adding(_ name: String, _ value: String) -> HTTPRequest {
        var copy = self
        copy.fields.append((name, value))
        return copy
    }

    /// The same without a body, by another method.
    func by(_ method: String) -> HTTPRequest {
        var copy = with("Content-Length", nil).with("Content-Type", nil)
        copy.method = method
        copy.body = []
        return copy
    }

    /// The same of a modern client that can be asked for these; a JSON object.
    func declaring(_ capabilities: String) -> HTTPRequest {
        let key = #""io.modelcontextprotocol/clientCapabilities":"#
        var copy = self
        copy.body = Array(
            String(decoding: body, as: UTF8.self).replacing(key + "{}", with: key + capabilities).utf8)
        return copy.with("Content-Length", "\(copy.body.count)")
    }

    func at(_ path: String) -> HTTPRequest {
        var copy = self
        copy.path = path
        return copy
    }

    var head: [UInt8] {
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("\(method) \(path) \(version)\r\n\(lines)\r\n".utf8)
    }

    var bytes: [UInt8] { head + body }

    /// The body in chunks of this size.
    func chunked(_ size: Int) -> [UInt8] {
        var bytes = with("Content-Length", nil).adding("Transfer-Encoding", "chunked").head
        var rest = body[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(size)
            bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            rest = rest.dropFirst(size)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
