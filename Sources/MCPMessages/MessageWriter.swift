import WireJSON

/// Messages as this house writes them: compact, in one buffer, members in a fixed order.
public enum MessageWriter {
    /// `{"jsonrpc":"2.0","id":…,"result":…}`.
    public static func result(_ result: some Collection<UInt8>, id: RequestID) -> [UInt8] {
        var writer = opened(id: id, reserving: result.count + 64)
        writer.key("result")
        writer.raw(result)
        writer.endObject()
        return writer.bytes
    }

    /// The same of an array; not generic, because this is the way of most answers.
    public static func result(_ result: [UInt8], id: RequestID) -> [UInt8] {
        var writer = opened(id: id, reserving: result.count + 64)
        writer.key("result")
        writer.raw(result)
        writer.endObject()
        return writer.bytes
    }

    /// `{"jsonrpc":"2.0","id":…,"error":{…}}`; the id is null where it could not be read.
    public static func error(_ error: RPCError, id: RequestID?) -> [UInt8] {
        self.error(error.object, id: id)
    }

    /// An error object that is already JSON: a peer's, relayed.
    public static func error(_ object: some Collection<UInt8>, id: RequestID?) -> [UInt8] {
        var writer = opened(id: id, reserving: object.count + 64)
        writer.key("error")
        writer.raw(object)
        writer.endObject()
        return writer.bytes
    }

    /// A request; `params` is already JSON.
    public static func request(_ method: String, params: some Collection<UInt8>, id: RequestID) -> [UInt8] {
        var writer = opened(id: id, reserving: params.count + 96)
        writer.key("method")
        writer.string(method)
        if !params.isEmpty {
            writer.key("params")
            writer.raw(params)
        }
        writer.endObject()
        return writer.bytes
    }

    /// A request that goes upstream with what travels of a client's `params`.
    public static func request(
        _ method: String, params: UpstreamParams, for era: Era, progressToken: RequestID?, id: RequestID
    ) -> [UInt8] {
        var writer = opened(id: id, reserving: params.size + method.utf8.count + 96)
        writer.key("method")
        writer.string(method)
        writer.key("params")
        params.write(to: &writer, for: era, progressToken: progressToken)
        writer.endObject()
        return writer.bytes
    }

    /// A notification; `params` is already JSON, or empty for none.
    public static func notification(_ method: String, params: some Collection<UInt8>) -> [UInt8] {
        var writer = JSONWriter(reserving: params.count + 96)
        writer.beginObject()
        writer.key("jsonrpc")
        writer.string("2.0")
        writer.key("method")
        writer.string(method)
        if !params.isEmpty {
            writer.key("params")
            writer.raw(params)
        }
        writer.endObject()
        return writer.bytes
    }

    private static func opened(id: RequestID?, reserving: Int) -> JSONWriter {
        var writer = JSONWriter(reserving: reserving)
        writer.beginObject()
        writer.key("jsonrpc")
        writer.string("2.0")
        writer.key("id")
        if let id { id.write(to: &writer) } else { writer.null() }
        return writer
    }
}
