import Gateway
import MCPMessages
import WireJSON

/// What the answer to `initialize` says (revision 2025-11-25, "Lifecycle").
enum InitializeVerdict {
    case opened(Session)
    /// - Parameter wasRefused: whether the server answered with an error of its own.
    case failed(UpstreamFailure, wasRefused: Bool)

    init(_ ending: Ending) {
        switch ending {
        case .answered(.result(let result), let head): self = Self.opened(result, id: head.sessionID)
        case .answered(.error(let error), _), .status(_, let error?):
            let failure = UpstreamFailure(.unsupported, "the server refuses the handshake", error: error)
            self = .failed(failure, wasRefused: true)
        case .status(let head, nil):
            let failure = ending.failure ?? UpstreamFailure(.refused, "status \(head.status)")
            self = .failed(failure, wasRefused: head.status == 404)
        case .failed(let failure): self = .failed(failure, wasRefused: false)
        }
    }

    private static func opened(_ result: JSON, id: [UInt8]?) -> InitializeVerdict {
        guard let text = result["protocolVersion"]?.string, let version = ProtocolVersion(rawValue: text),
            version.era == .legacy
        else {
            let failure = UpstreamFailure(.unsupported, "the server negotiates a revision that is not known here")
            return .failed(failure, wasRefused: false)
        }
        let description = UpstreamDescription(version: version, result: result)
        guard let session = Session(version: version, description: description, id: id) else {
            let failure = UpstreamFailure(.unreadable, "the session id is not visible ASCII of a bearable length")
            return .failed(failure, wasRefused: false)
        }
        return .opened(session)
    }
}
