public import WireJSON

/// The part of what a client declares it can do that is passed on to a server: that it can be asked for input, and its
/// extensions that are relayed.
///
/// Each member is kept byte for byte, in one order, so that equal declarations are equal bytes.
public struct ClientCapabilities: Sendable, Hashable {
    /// A JSON object.
    public let bytes: [UInt8]
    private let kinds: Set<ClientRequestKind>
    private let takesForms: Bool
    private let takesURLs: Bool
    /// Whether the client knows extensions, and so results of types that only they define.
    public let declaresExtensions: Bool
    /// Whether the client takes a task for an answer (SEP-2663).
    public let declaresTasks: Bool

    /// `{}`.
    public static let none = ClientCapabilities(nil, relaying: [])

    /// - Parameters:
    ///   - declared: `capabilities` of `initialize`, or the modern envelope's.
    ///   - kinds: what this house lets servers ask for.
    ///   - tasks: whether the extension for tasks passes.
    public init(_ declared: JSON?, relaying kinds: [ClientRequestKind], tasks: Bool = false) {
        var writer = JSONWriter(reserving: 64)
        var found: Set<ClientRequestKind> = []
        writer.beginObject()
        for kind in kinds.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let value = declared?[kind.rawValue], value.kind == .object else { continue }
            writer.key(kind.rawValue)
            writer.raw(value.bytes)
            found.insert(kind)
        }
        if let experimental = declared?["experimental"], experimental.kind == .object,
            experimental.range.count <= MessageLimits.clientInfoBytes
        {
            writer.key("experimental")
            writer.raw(experimental.bytes)
        }
        Extensions.write(declared?["extensions"], to: &writer, tasks: tasks)
        declaresExtensions = Extensions.hasOthers(declared?["extensions"])
        declaresTasks = tasks && Extensions.hasTasks(declared?["extensions"])
        writer.endObject()
        bytes = writer.bytes
        self.kinds = found
        // `{}` means forms only (revision 2025-11-25, "Elicitation", "Capabilities").
        let elicitation = found.contains(.elicitation) ? declared?["elicitation"] : nil
        takesURLs = elicitation?["url"] != nil
        takesForms = elicitation != nil && (elicitation?["form"] != nil || !takesURLs)
    }

    /// Whether it can be asked for anything.
    public var isAskable: Bool { !kinds.isEmpty }

    /// The same less what is not among these kinds.
    public func limited(to kinds: [ClientRequestKind]) -> ClientCapabilities {
        guard !self.kinds.isSubset(of: kinds) else { return self }
        return ClientCapabilities(try? JSON(lenient: bytes), relaying: kinds, tasks: declaresTasks)
    }

    public func allows(_ kind: ClientRequestKind) -> Bool { kinds.contains(kind) }

    /// Whether the client can be asked this: a form or a link is asked only of one that takes it.
    public func allows(method: String, params: JSON?) -> Bool {
        guard let kind = ClientRequestKind(method: method), kinds.contains(kind) else { return false }
        guard kind == .elicitation else { return true }
        return params?["mode"]?.hasText("url") ?? false ? takesURLs : takesForms
    }
}
