public import WireJSON

/// One JSON-RPC message as received: what it is, with its parts as ranges of the received bytes.
public enum Message: Sendable {
    case request(Request)
    case notification(Notification)
    case response(Response)

    /// A call that wants an answer.
    public struct Request: Sendable {
        public let id: RequestID
        public let method: String
        /// Always an object when present.
        public let params: JSON?

        /// The same request with other parameters: an object, or none.
        public func with(_ params: JSON?) -> Request { Request(id: id, method: method, params: params) }
    }

    /// A message that wants no answer.
    public struct Notification: Sendable {
        public let method: String
        public let params: JSON?
    }

    /// An answer: exactly one of result and error.
    public struct Response: Sendable {
        /// Nil where the peer could not tell the id (an error answer with `id: null`).
        public let id: RequestID?
        public let outcome: Outcome

        public enum Outcome: Sendable {
            case result(JSON)
            case error(JSON)
        }
    }

    /// Reads a message, or says what is wrong with it and, where it can be told, whose it is.
    ///
    /// Refused: anything that is not a single object (a batch is refused in every revision), a wrong `jsonrpc`, an id
    /// that is null, fractional or a container, `params` that is no object, a key that two parsers could take for a
    /// reserved one (`Method`, `param\u017f`), in the envelope, in `params` and in its `_meta`.
    public init(_ json: JSON) throws(MessageRefusal) {
        guard json.kind == .object else {
            throw MessageRefusal("a single JSON-RPC object is expected")
        }
        let id = json["id"].flatMap(RequestID.init)
        try ReservedKeys.envelope.check(json, id: id)
        guard let version = json["jsonrpc"], version.hasText("2.0") else {
            throw MessageRefusal("`jsonrpc` must be \"2.0\"", id: id)
        }
        guard let method = json["method"] else {
            self = .response(try Response(json, id: id))
            return
        }
        guard let name = method.string, !name.isEmpty, name.utf8.count <= MessageLimits.methodBytes else {
            throw MessageRefusal("`method` must be a short text", id: id)
        }
        guard json["result"] == nil, json["error"] == nil else {
            throw MessageRefusal("a request carries no `result` or `error`", id: id)
        }
        let params = json["params"]
        if let params {
            guard params.kind == .object else {
                throw MessageRefusal("`params` must be an object", id: id, code: .invalidParams)
            }
            try ReservedKeys.params.check(params, id: id)
            if let metadata = params["_meta"] { try ReservedKeys.metadata.check(metadata, id: id) }
        }
        guard json["id"] != nil else {
            self = .notification(Notification(method: name, params: params))
            return
        }
        guard let id else { throw MessageRefusal("`id` must be a text or an integer") }
        self = .request(Request(id: id, method: name, params: params))
    }
}

extension Message.Response {
    fileprivate init(_ json: JSON, id: RequestID?) throws(MessageRefusal) {
        switch (json["result"], json["error"]) {
        case (let result?, nil):
            guard let id, result.kind == .object else {
                throw MessageRefusal("a response needs an id and an object as result", id: id)
            }
            self.init(id: id, outcome: .result(result))
        case (nil, let error?):
            guard error.kind == .object, error["code"]?.int != nil, error["message"]?.string != nil else {
                throw MessageRefusal("`error` needs a code and a message", id: id)
            }
            self.init(id: id, outcome: .error(error))
        case (nil, nil), (.some, .some):
            throw MessageRefusal("a message has a method, a result or an error", id: id)
        }
    }
}

/// Why a text that is JSON is no message of this protocol.
public struct MessageRefusal: Error, Sendable, Equatable {
    public let reason: String
    /// The id to answer with, when there was a readable one.
    public let id: RequestID?
    public let code: RPCError.Code

    public init(_ reason: String, id: RequestID? = nil, code: RPCError.Code = .invalidRequest) {
        self.reason = reason
        self.id = id
        self.code = code
    }

    public var error: RPCError { RPCError(code, reason) }
}
