import GatewayTesting
import NIOHTTP1

/// Makes streams of responses, and breaks them.
enum ResponseGenerator {
    static func stream(_ random: inout SeededGenerator) -> String {
        var text = ""
        let count = Int.random(in: 1...3, using: &random)
        for index in 0..<count {
            if Int.random(in: 0..<6, using: &random) == 0 { text += "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" }
            text += response(isLast: index == count - 1, &random)
        }
        return text
    }

    private static func response(isLast: Bool, _ random: inout SeededGenerator) -> String {
        let statuses = [200, 200, 200, 202, 204, 304, 400, 401, 404, 500, 503]
        let status = statuses.randomElement(using: &random) ?? 200
        var head = "HTTP/1.1 \(status) \(["OK", "", "Not Found"].randomElement(using: &random) ?? "")\r\n"
        for _ in 0..<Int.random(in: 0...4, using: &random) { head += field(&random) }
        let body = String(repeating: "{\"a\":1}", count: Int.random(in: 0...8, using: &random))
        switch status {
        case 204, 304: return head + "\r\n"
        default: break
        }
        switch Int.random(in: 0..<(isLast ? 3 : 2), using: &random) {
        case 0: return head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
        case 1: return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(body, &random)
        default: return head + "\r\n" + body
        }
    }

    private static func field(_ random: inout SeededGenerator) -> String {
        [
            "Content-Type: application/json\r\n", "content-type:text/event-stream; charset=utf-8\r\n",
            "Date: Mon, 23 Nov 2026 03:40:00 GMT\r\n", "Server:  uvicorn \r\n", "X-Empty:\r\n", "Vary: a,b\r\n",
            "Cache-Control: no-cache\r\n", "X_y.z~!: \t1\r\n",
        ].randomElement(using: &random) ?? ""
    }

    private static func chunks(_ body: String, _ random: inout SeededGenerator) -> String {
        var text = ""
        var rest = Substring(body)
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...20, using: &random))
            rest = rest.dropFirst(piece.count)
            let size = String(piece.utf8.count, radix: 16, uppercase: Bool.random(using: &random))
            let padding = String(repeating: "0", count: Int.random(in: 0...2, using: &random))
            let ending = Int.random(in: 0..<8, using: &random) == 0 ? ";name=value" : ""
            text += "\(padding)\(size)\(ending)\r\n\(piece)\r\n"
        }
        return text + "0\r\n" + (Int.random(in: 0..<4, using: &random) == 0 ? "X-Trailer: 1\r\n" : "") + "\r\n"
    }

    /// Changes, drops, doubles or inserts a few bytes.
    static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let telling: [UInt8] = [0, 9, 10, 13, 32, 44, 45, 48, 49, 57, 58, 59, 65, 97, 102, 120, 127, 0xC3, 0xFF]
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let byte = telling.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = byte
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(byte, at: place)
            case 3: bytes.insert(bytes[place], at: place)
            default:
                let extra =
                    [
                        "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", " folded\r\n",
                        "Connection: close\r\n",
                        "Content-Length: 0\r\n", "0\r\n\r\n",
                    ].randomElement(using: &random) ?? ""
                let lineStart = bytes[place...].firstIndex(of: 10).map { $0 + 1 } ?? place
                bytes.insert(contentsOf: Array(extra.utf8), at: lineStart)
            }
        }
    }

    /// Whether the connection ends with a response, by RFC 9112 section 9.3 and for want of a length.
    static func closes(_ head: HTTPResponseHead) -> Bool {
        if head.version == .http1_0 { return true }
        if head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "close" }) { return true }
        if head.status.code == 204 || head.status.code == 304 { return false }
        return !head.headers.contains(name: "content-length") && !head.headers.contains(name: "transfer-encoding")
    }
}
