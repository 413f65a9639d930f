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

    /// Why a result can't be relayed.
    public enum Refusal: Error, Sendable, Equatable {
        /// `resultType` is one this house does not relay; it must be treated as invalid
        /// (revision 2026-07-28, "Results").
        case unknownResultType
    }

    private static let cacheKeys = ["resultType", "ttlMs", "cacheScope"]

    /// - Parameter types: beside `complete`, the `resultType`s that pass; nil where the two ends are each other's only
    ///   peer and any does.
    public static func bytes(
        _ result: JSON, from upstream: Era, to client: Era, kind: Kind, types: [String]? = [],
        splicing splice: JSONSplice? = nil
    ) throws(Refusal) -> [UInt8] {
        if upstream == .modern, let type = result["resultType"], !type.hasText("complete"), let types,
            !types.contains(where: type.hasText)
        {
            throw .unknownResultType
        }
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
