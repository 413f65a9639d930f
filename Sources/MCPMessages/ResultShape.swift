public import WireJSON

/// A result in the shape of the client's era.
///
/// Only what the eras differ in is touched; every other member, known or not, passes byte for byte.
public enum ResultShape {
    /// What the result answers; lists and descriptions carry cache hints on the modern wire.
    public enum Kind: Sendable {
        case plain
        /// What one principal sees may change with policy at any time: private, and stale at once
        /// (revision 2026-07-28, "Caching").
        case cacheable
    }

    /// Which `resultType`s pass.
    public enum Types: Sendable {
        /// `complete` alone.
        case complete
        /// `input_required` too.
        case inputRequired
        /// Whatever an extension that the client has declared may define; not those that need this house's part.
        case extended
        /// A task, whose id is this house's own by now.
        case task
        /// Any: the two ends are each other's only peer.
        case any

        func allows(_ type: JSON) -> Bool {
            switch self {
            case .complete: type.hasText("complete")
            case .inputRequired: type.hasText("complete") || type.hasText("input_required")
            case .extended: type.kind == .string && !type.hasText("input_required") && !type.hasText("task")
            case .task: type.hasText("task")
            case .any: true
            }
        }
    }

    /// Why a result can't be relayed.
    public enum Refusal: Error, Sendable, Equatable {
        /// `resultType` is one this house does not relay; it must be treated as invalid
        /// (revision 2026-07-28, "Results").
        case unknownResultType
    }

    private static let cacheKeys = ["resultType", "ttlMs", "cacheScope"]

    public static func bytes(
        _ result: JSON, from upstream: Era, to client: Era, kind: Kind, types: Types = .complete,
        splicing splice: JSONSplice? = nil
    ) throws(Refusal) -> [UInt8] {
        if upstream == .modern, let type = result["resultType"], !types.allows(type) { throw .unknownResultType }
        var edited = splice ?? JSONSplice(result)
        var isEdited = splice != nil
        switch client {
        case .modern:
            // Some modern servers leave it out, which their clients take for the same.
            if upstream == .legacy || result["resultType"] == nil {
                edited.setMember("resultType", of: result, to: Array("\"complete\"".utf8))
                isEdited = true
            }
            if kind == .cacheable {
                edited.setMember("ttlMs", of: result, to: Array("0".utf8))
                edited.setMember("cacheScope", of: result, to: Array("\"private\"".utf8))
                isEdited = true
            }
        case .legacy:
            if upstream == .modern, cacheKeys.contains(where: { result[$0] != nil }) {
                edited.removeMembers(of: result) { key, _ in cacheKeys.contains(where: key.equals) }
                isEdited = true
            }
        }
        if let meta = result["_meta"], meta.kind == .object,
            meta.members.contains(where: { RequestMetadata.isOwn($0.key) })
        {
            edited.removeMembers(of: meta) { key, _ in RequestMetadata.isOwn(key) }
            isEdited = true
        }
        return isEdited ? edited.apply() : Array(result.bytes)
    }
}
