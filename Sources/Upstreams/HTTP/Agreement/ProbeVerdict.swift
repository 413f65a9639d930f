import Gateway
import MCPMessages
import WireJSON

/// What the answer to a modern probe says of a server.
///
/// MCP revision 2026-07-28, "Versioning and Compatibility": a recognised modern error means modern, anything else that a
/// server may say to a request it does not know means that it is older and wants `initialize`.
enum ProbeVerdict {
    case modern(UpstreamDescription?)
    /// - Parameters:
    ///   - refusal: the server's error, where it gave one.
    ///   - inDoubt: whether a modern server may have said it too: -32601 with status 404, or nothing at all.
    case legacy(refusal: JSON?, inDoubt: Bool)
    case failed(UpstreamFailure)

    init(_ ending: Ending) {
        switch ending {
        case .answered(.result(let result), _): self = Self.discovered(result)
        case .answered(.error(let error), let head): self = Self.refused(error, status: head.status)
        case .status(let head, let error):
            switch head.status {
            case 401, 403, 407, 429, 502, 503, 504, 300..<400:
                // Not said by the protocol's part of the server, so nothing is learnt of its era.
                self = .failed(ending.failure ?? UpstreamFailure(.refused, "status \(head.status)"))
            default:
                self = error.map { Self.refused($0, status: head.status) } ?? .legacy(refusal: nil, inDoubt: false)
            }
        case .failed(let failure):
            switch failure.kind {
            case .unreadable:
                // Old servers answer with a page.
                self = .legacy(refusal: nil, inDoubt: false)
            case .closed:
                // Or die on it.
                self = .legacy(refusal: nil, inDoubt: true)
            case .unreachable, .timedOut, .tooLarge, .refused, .redirected, .addressRefused, .busy, .cancelled,
                .unsupported:
                self = .failed(failure)
            }
        }
    }

    private static func discovered(_ result: JSON) -> ProbeVerdict {
        guard let versions = result["supportedVersions"], versions.kind == .array else {
            return .legacy(refusal: nil, inDoubt: false)
        }
        switch spoken(versions) {
        case .modern: return .modern(UpstreamDescription(version: .modern, result: result))
        case .legacy: return .legacy(refusal: nil, inDoubt: false)
        case nil: return .failed(UpstreamFailure(.unsupported, "the server speaks no revision known here"))
        }
    }

    private static func refused(_ error: JSON, status: Int) -> ProbeVerdict {
        switch error["code"]?.int {
        case RPCError.Code.headerMismatch.rawValue, RPCError.Code.missingClientCapability.rawValue:
            return .modern(nil)
        case RPCError.Code.unsupportedVersion.rawValue:
            guard let versions = error["data"]?["supported"], spoken(versions) == .legacy else {
                return .failed(
                    UpstreamFailure(.unsupported, "the server speaks no revision known here", error: error))
            }
            return .legacy(refusal: error, inDoubt: false)
        case RPCError.Code.methodNotFound.rawValue:
            return .legacy(refusal: error, inDoubt: status == 404)
        default:
            return .legacy(refusal: error, inDoubt: false)
        }
    }

    /// The newest era among a list of versions that is spoken here too.
    private static func spoken(_ versions: JSON) -> Era? {
        var era: Era?
        for version in versions.elements {
            guard let text = version.string, let known = ProtocolVersion(rawValue: text) else { continue }
            if known.era == .modern { return .modern }
            era = .legacy
        }
        return era
    }
}
