import Gateway
import MCPMessages

extension HeadRefusal {
    /// The refusal as a JSON-RPC error without an id, saying what the sender can do about it.
    var body: [UInt8] { MessageWriter.error(RPCError(.invalidRequest, words), id: nil) }

    private var words: String {
        switch reason {
        case .foreignHost: "this endpoint is not reached by that `Host`; name it under `hosts` in the configuration"
        case .foreignOrigin: "requests from that `Origin` are not served"
        case .unauthenticated: "a grant's token is needed: `Authorization: Bearer ghs_…`"
        case .invalidToken: "the token is not valid at this address, or not any more"
        case .insufficientScope: "the token lacks a scope that is needed here"
        case .noGrant: "this identity is not given access here; ask whoever runs this gateway"
        case .identityUnavailable: "the identity provider cannot be asked at the moment; try again later"
        case .unknownServer: "there is nothing at this address for this grant"
        case .notAcceptable: "`Accept` must include application/json and text/event-stream"
        case .contentType: "`Content-Type` must be application/json, in UTF-8 and not compressed"
        case .wrongEra: "this method is not served here"
        case .tooLarge: "the request is too large"
        case .tooSlow: "the request did not come to its end in time"
        case .incomplete: "the request did not come to its end"
        case .malformed, .ambiguous, .headerMismatch, .invalidParams, .unknownMethod, .notificationCall,
            .unknownSession,
            .missingSession, .badHTTP, .duplicateID, .tooManyOpen, .invalidState:
            "the request cannot be read"
        }
    }
}
