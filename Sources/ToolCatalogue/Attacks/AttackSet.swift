/// Which of the documented attacks apply to a tool, or to any tool of several: what an index keeps of them.
///
/// It counts patterns by their places in ``AttackPattern/all``, and is good for this version of them only.
public struct AttackSet: Sendable, Hashable {
    /// A bit for each pattern.
    public private(set) var bits: UInt64 = 0

    public init() {}

    public init(_ patterns: some Sequence<AttackPattern>) {
        for pattern in patterns {
            // INVARIANT: there are fewer patterns than bits.
            if let place = pattern.place { bits |= 1 << UInt64(place) }
        }
    }

    public func contains(_ pattern: AttackPattern) -> Bool {
        pattern.place.map { bits >> UInt64($0) & 1 == 1 } ?? false
    }

    /// In the order in which pages list them.
    public var patterns: [AttackPattern] { AttackPattern.all.filter(contains) }

    public mutating func formUnion(_ other: AttackSet) { bits |= other.bits }

    /// Of each of a server's tools, in their order.
    public static func ofTools(of server: CatalogueServer) -> [AttackSet] {
        let context = ServerContext(names: server.tools.map(\.name))
        return server.tools.map { tool in
            AttackSet(AttackMatch.matches(tool.outline, tool.verdict, among: context).map(\.pattern))
        }
    }
}

extension AttackPattern {
    /// Its place in ``all``, below 64.
    public var place: Int? { Self.all.firstIndex { $0.slug.utf8.elementsEqual(slug.utf8) } }
}
