import NIOHTTP1

/// The header fields that matter here, each as the lines received, gathered in one pass.
///
/// Lines are kept apart: where two parsers could take one of several for the field, several are refused.
struct RequestFields {
    var host: [String] = []
    var origin: [String] = []
    var authorization: [String] = []
    var accept: [String] = []
    var contentType: [String] = []
    var contentEncoding: [String] = []
    var contentLength: [String] = []
    var protocolVersion: [String] = []
    var method: [String] = []
    var name: [String] = []
    var session: [String] = []
    var lastEventID: [String] = []
    var transferEncoding: [String] = []
    /// Every `Mcp-Param-*` line, with its field name.
    var parameters: [(name: String, value: String)] = []
    var expectations = 0
    var upgrades = 0
    /// Names and values together, bytes.
    var bytes = 0

    init(_ headers: HTTPHeaders) {
        for (field, received) in headers {
            bytes += field.utf8.count + received.utf8.count
            let value = received.withoutTrailingSpace
            switch field.utf8.count {
            case 4 where field.isField("host"): host.append(value)
            case 6 where field.isField("origin"): origin.append(value)
            case 6 where field.isField("accept"): accept.append(value)
            case 6 where field.isField("expect"): expectations += 1
            case 7 where field.isField("upgrade"): upgrades += 1
            case 8 where field.isField("mcp-name"): name.append(value)
            case 10 where field.isField("mcp-method"): method.append(value)
            case 12 where field.isField("content-type"): contentType.append(value)
            case 13 where field.isField("authorization"): authorization.append(value)
            case 13 where field.isField("last-event-id"): lastEventID.append(value)
            case 14 where field.isField("content-length"): contentLength.append(value)
            case 14 where field.isField("mcp-session-id"): session.append(value)
            case 16 where field.isField("content-encoding"): contentEncoding.append(value)
            case 17 where field.isField("transfer-encoding"): transferEncoding.append(value)
            case 20 where field.isField("mcp-protocol-version"): protocolVersion.append(value)
            case 11... where field.isParameterField: parameters.append((field, value))
            default: break
            }
        }
    }
}

extension String {
    /// White space around a value is no part of it (RFC 9110 section 5.5); the decoder takes away what stands before.
    fileprivate var withoutTrailingSpace: String {
        guard let last = utf8.last, last == 0x20 || last == 0x09 else { return self }
        return String(Substring(utf8.prefix(utf8.count - utf8.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count)))
    }

    fileprivate var isParameterField: Bool {
        Substring(utf8.prefix(10)).utf8.elementsEqual("Mcp-Param-".utf8) || prefix(10).lowercased() == "mcp-param-"
    }

    /// Field names compare without regard to the case of ASCII letters (RFC 9110 section 5.1).
    fileprivate func isField(_ lowerCase: StaticString) -> Bool {
        let answer = utf8.withContiguousStorageIfAvailable { Self.spells($0, lowerCase) }
        return answer ?? Array(utf8).withUnsafeBufferPointer { Self.spells($0, lowerCase) }
    }

    private static func spells(_ bytes: UnsafeBufferPointer<UInt8>, _ lowerCase: StaticString) -> Bool {
        guard bytes.count == lowerCase.utf8CodeUnitCount else { return false }
        for index in 0..<bytes.count {
            let byte = bytes[index]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            guard lower == lowerCase.utf8Start[index] else { return false }
        }
        return true
    }
}
