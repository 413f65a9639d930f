public import WireJSON

/// A result that asks for input before the request can be completed.
///
/// Revision 2026-07-28, "Multi round-trip requests": `{resultType: "input_required", inputRequests?, requestState?}`, at
/// least one of the two, in answer to `tools/call`, `prompts/get` or `resources/read` only.
public struct InputRequired: Sendable {
    public static let methods: Set<String> = ["tools/call", "prompts/get", "resources/read"]

    /// One thing the server wants to know.
    public struct Asked: Sendable {
        public let key: String
        public let method: String
        public let kind: ClientRequestKind
        public let params: JSON?
    }

    public let asked: [Asked]
    /// A text, as received.
    public let state: JSON?

    /// Whether a result is of this type; whether it is well-formed is for ``init(_:)`` to say.
    public static func isSaid(by result: JSON) -> Bool { result["resultType"]?.hasText("input_required") ?? false }

    /// Nil where it is malformed: neither part, a state that is no text, a request of a method no server may ask for.
    public init?(_ result: JSON) {
        let requests = result["inputRequests"]
        state = result["requestState"]
        guard requests != nil || state != nil, state == nil || state?.kind == .string,
            requests == nil || requests?.kind == .object
        else { return nil }
        guard let asked = Self.asked(requests) else { return nil }
        self.asked = asked
    }

    /// What is asked for in an `inputRequests`; nil where it is malformed.
    public static func asked(_ requests: JSON?) -> [Asked]? {
        var asked: [Asked] = []
        if let requests {
            guard requests.kind == .object, requests.count <= MessageLimits.inputRequests else { return nil }
            for (key, value) in requests.members {
                guard let method = value["method"]?.string, let kind = ClientRequestKind(method: method),
                    value["params"] == nil || value["params"]?.kind == .object
                else { return nil }
                asked.append(Asked(key: key.string, method: method, kind: kind, params: value["params"]))
            }
        }
        return asked
    }

    /// Such a result of this house's own, JSON: what a legacy server asked, put to a modern client.
    ///
    /// - Parameters:
    ///   - asked: by key, the method and its `params`, JSON, or empty for none.
    ///   - state: a text without anything to escape.
    public static func result(asking asked: [(key: String, method: String, params: [UInt8])], state: String) -> [UInt8]
    {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.key("resultType")
        writer.string("input_required")
        writer.key("inputRequests")
        writer.beginObject()
        for (key, method, params) in asked {
            writer.key(key)
            writer.beginObject()
            writer.key("method")
            writer.string(method)
            if !params.isEmpty {
                writer.key("params")
                writer.raw(params)
            }
            writer.endObject()
        }
        writer.endObject()
        writer.key("requestState")
        writer.string(state)
        writer.endObject()
        return writer.bytes
    }
}
