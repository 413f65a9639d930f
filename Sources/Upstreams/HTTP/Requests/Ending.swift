import Gateway
import MCPMessages
import WireJSON

/// How one exchange with a server ended, before its meaning is looked at.
enum Ending {
    /// A JSON-RPC answer that bears the id sent.
    case answered(Message.Response.Outcome, ResponseHead)
    /// A status without such an answer; with the JSON-RPC error beside it, where there was one.
    case status(ResponseHead, error: JSON?)
    case failed(UpstreamFailure)

    /// Whether the server has said its last word on the request.
    var isAnswer: Bool {
        if case .answered = self { true } else { false }
    }

    /// What this is to someone who asked a question.
    var failure: UpstreamFailure? {
        switch self {
        case .answered: return nil
        case .failed(let failure): return failure
        case .status(let head, let error):
            switch head.status {
            case 200..<300:
                return UpstreamFailure(.unreadable, "status \(head.status) without an answer", error: error)
            case 300..<400:
                let place = head.location.isEmpty ? "elsewhere" : "to \(Quoted.text(head.location))"
                return UpstreamFailure(.redirected, "status \(head.status) points \(place)", error: error)
            default:
                return UpstreamFailure(.refused, "status \(head.status)", error: error)
            }
        }
    }
}
