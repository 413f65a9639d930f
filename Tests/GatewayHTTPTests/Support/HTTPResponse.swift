import GatewayTesting
import MCPMessages
import WireJSON

/// A response as it came over the wire, read strictly: CRLF only, one framing.
struct HTTPResponse: Sendable {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON? { try? JSON(lenient: body) }
    var errorCode: Int? { json?["error"]?["code"]?.int }
    var isStream: Bool { self["content-type"] == "text/event-stream" }

    /// The messages of a stream's body.
    var events: [String] { streamed.map(\.data).filter { !$0.isEmpty } }

    /// The events of a stream's body with their ids, also those that only name a place.
    var streamed: [(id: String?, data: String)] {
        var decoder = SSEDecoder()
        return ((try? decoder.feed(body)) ?? []).map {
            ($0.id.map { String(decoding: $0, as: UTF8.self) }, String(decoding: $0.data, as: UTF8.self))
        }
    }

    /// The one value of a field; nil where it is not there once.
    subscript(name: String) -> String? {
        let found = fields.filter { $0.name.lowercased() == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// Reads the first response, if it is all there, with its length.
    ///
    /// - Parameter isWhole: nothing more will come, so that a malformed one is an answer too: none.
    /// - Parameter toHead: it answers HEAD, and has no body whatever its length says.
    static func first(
        in bytes: ArraySlice<UInt8>, isWhole: Bool = false, toHead: Bool = false
    ) -> (HTTPResponse, length: Int)? {
        guard let end = range(of: "\r\n\r\n", in: bytes) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let start = lines.first, start.hasPrefix("HTTP/1.1 "), let status = Int(start.dropFirst(9).prefix(3))
        else {
            return nil
        }
        let fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (name: String(line[..<colon]), value: String(line[colon...].dropFirst(2)))
        }
        let framing = fields.filter { ["content-length", "transfer-encoding"].contains($0.name.lowercased()) }
        guard framing.count == 1 else { return nil }
        if toHead {
            return (HTTPResponse(status: status, fields: fields, body: []), end.upperBound - bytes.startIndex)
        }
        let rest = bytes[end.upperBound...]
        if let length = Int(framing[0].value) {
            guard rest.count >= length else { return nil }
            let body = rest.prefix(length)
            return (HTTPResponse(status: status, fields: fields, body: Array(body)), body.endIndex - bytes.startIndex)
        }
        guard framing[0].value == "chunked", let (body, end) = chunks(rest) else { return nil }
        return (HTTPResponse(status: status, fields: fields, body: body), end - bytes.startIndex)
    }

    private static func chunks(_ bytes: ArraySlice<UInt8>) -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var rest = bytes
        while let line = range(of: "\r\n", in: rest) {
            guard let length = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else {
                return nil
            }
            rest = rest[line.upperBound...]
            guard rest.count >= length + 2, rest.dropFirst(length).starts(with: [0x0D, 0x0A]) else { return nil }
            body += rest.prefix(length)
            rest = rest.dropFirst(length + 2)
            if length == 0 { return (body, rest.startIndex) }
        }
        return nil
    }

    private static func range(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let pattern = Array(text.utf8)
        guard bytes.count >= pattern.count else { return nil }
        for start in bytes.startIndex...(bytes.endIndex - pattern.count)
        where bytes[start] == pattern[0] && bytes[start..<start + pattern.count].elementsEqual(pattern) {
            return start..<start + pattern.count
        }
        return nil
    }
}
