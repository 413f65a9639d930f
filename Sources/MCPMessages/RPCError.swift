import WireJSON

/// A JSON-RPC error as this house answers it.
public struct RPCError: Error, Sendable, Equatable {
    public var code: Code
    public var message: String
    /// `data`, already JSON; empty when there is none.
    public var data: [UInt8]

    public init(_ code: Code, _ message: String, data: [UInt8] = []) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// Codes of JSON-RPC 2.0 and of MCP revision 2026-07-28.
    public enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        case headerMismatch = -32020
        case missingClientCapability = -32021
        case unsupportedVersion = -32022
        /// Legacy revisions only: no such resource.
        case resourceNotFound = -32002
        /// Legacy revisions over HTTP only: the client took the request back, and its stream still needs an end.
        case cancelled = -32800
        /// This house's own, outside the range that JSON-RPC reserves: policy denies what is no tool call (a tool call is
        /// answered by a result).
        case denied = -31403
        /// A limit is used up.
        case limited = -31429
        /// The house could not do its part.
        case unavailable = -31503
    }

    /// What a legacy code is called on the modern wire, which must not carry it (revision 2026-07-28, "Error codes"):
    /// -32002 is -32602 there, -32042 has no counterpart.
    public static func modernCode(for legacy: Int) -> Int? {
        switch legacy {
        case Code.resourceNotFound.rawValue: Code.invalidParams.rawValue
        case -32042: Code.internalError.rawValue
        default: nil
        }
    }

    /// The HTTP status that goes with the code on the modern wire.
    public var modernStatus: Int { Self.modernStatus(code: code.rawValue) }

    /// The HTTP status that goes with any code on the modern wire, the house's own or a relayed one
    /// (revision 2026-07-28, "Streamable HTTP"; a code that is not named there is 200).
    public static func modernStatus(code: Int) -> Int {
        switch Code(rawValue: code) {
        case .parseError, .invalidRequest, .invalidParams, .headerMismatch, .missingClientCapability,
            .unsupportedVersion:
            400
        case .methodNotFound: 404
        case .internalError, .resourceNotFound, .cancelled, .denied, .limited, .unavailable, nil: 200
        }
    }

    /// The error object, JSON.
    public var object: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("code")
        writer.int(code.rawValue)
        writer.key("message")
        writer.string(message)
        if !data.isEmpty {
            writer.key("data")
            writer.raw(data)
        }
        writer.endObject()
        return writer.bytes
    }

    /// -32022 with the versions that are served (revision 2026-07-28, "Versioning").
    public static func unsupportedVersion(_ requested: String, supported: [ProtocolVersion]) -> RPCError {
        var data = JSONWriter()
        data.beginObject()
        data.key("supported")
        data.beginArray()
        for version in supported { data.string(version.rawValue) }
        data.endArray()
        data.key("requested")
        data.string(requested)
        data.endObject()
        return RPCError(.unsupportedVersion, "Unsupported protocol version", data: data.bytes)
    }
}
