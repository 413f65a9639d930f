import Gateway
import MCPMessages
import WireJSON

/// What the answer to `initialize` says (revision 2025-11-25, "Lifecycle").
enum InitializeVerdict {
    case opened(Session)
    case failed(UpstreamFailure, HandshakeRefusal)

    /// - Parameter endpoint: where the session's messages go, for a server of 2024-11-05.
    init(_ ending: Ending, endpoint: MessageEndpoint? = nil) {
        switch ending {
        case .answered(.result(let result), let head):
            self = Self.opened(result, id: endpoint == nil ? head.sessionID : nil, endpoint)
        case .answered(.error(let error), _), .status(_, let error?):
            let failure = UpstreamFailure(.unsupported, "the server refuses the handshake", error: error)
            let isModernOnly = error["code"]?.int == RPCError.Code.unsupportedVersion.rawValue
            self = .failed(failure, isModernOnly ? .modernOnly : .error)
        case .status(let head, nil):
            let failure = ending.failure ?? UpstreamFailure(.refused, "status \(head.status)")
            self = .failed(failure, .status(head.status))
        case .failed(let failure): self = .failed(failure, .none)
        }
    }

    private static func opened(_ result: JSON, id: [UInt8]?, _ endpoint: MessageEndpoint?) -> InitializeVerdict {
        guard let text = result["protocolVersion"]?.string, let version = ProtocolVersion(rawValue: text),
            version.era == .legacy
        else {
            let failure = UpstreamFailure(.unsupported, "the server negotiates a revision that is not known here")
            return .failed(failure, .none)
        }
        let description = UpstreamDescription(version: version, result: result)
        guard let session = Session(version: version, description: description, id: id, endpoint: endpoint) else {
            let failure = UpstreamFailure(.unreadable, "the session id is not visible ASCII of a bearable length")
            return .failed(failure, .none)
        }
        return .opened(session)
    }
}

/// Whether and how a server turned `initialize` down.
enum HandshakeRefusal: Equatable {
    /// It did not: no answer came, or one that is none.
    case none
    /// With a status and nothing that says why in this protocol's words.
    case status(Int)
    /// With an error of its own.
    case error
    /// With -32022, which only a modern server says.
    case modernOnly

    /// Whether the server may speak the older transport: nothing was posted to where it takes messages (revision
    /// 2025-11-25, "Backwards Compatibility").
    var suggestsOlderTransport: Bool {
        guard case .status(let status) = self else { return false }
        switch status {
        case 401, 403, 407, 408, 413, 425, 429: return false
        default: return (400..<500).contains(status) || status == 501
        }
    }

    /// Whether it was understood and turned down.
    var isRefusal: Bool {
        switch self {
        case .none: false
        case .status(let status): status == 404
        case .error, .modernOnly: true
        }
    }
}
