import MCPMessages
public import PolicyEngine
public import ToolCatalogue
public import WireJSON

/// What one server's tools are accepted to be, and which of them have since been seen otherwise.
public struct Definitions: Sendable {
    /// One accepted tool.
    public struct Accepted: Sendable {
        public let hash: DefinitionHash
        public let definition: JSON
        /// Which arguments its calls repeat in headers; nil where the definition says so invalidly, and then it is not to
        /// be used.
        let annotations: HeaderAnnotations?

        public init(hash: DefinitionHash, definition: JSON) {
            self.hash = hash
            self.definition = definition
            annotations = HeaderAnnotations(definition["inputSchema"])
        }

        var headers: HeaderAnnotations { annotations ?? HeaderAnnotations.none }

        public var inputSchema: JSON? { definition["inputSchema"] }
    }

    /// What has come of the server's list.
    private enum Listing {
        /// Nothing yet.
        case unknown
        case accepted
        /// The server, set to `accept: names`, says that it has none. Learnt anew in each run.
        case none
        /// It said so and has one after all, of which nothing was accepted.
        case late
    }

    private var listing = Listing.unknown
    /// False until a first list was accepted.
    public var isEstablished: Bool { listing == .accepted }
    /// Whether there is no definition that could be accepted or change: the server's tools are what policy names or its
    /// default allows.
    public var hasNoList: Bool { listing == .none }
    /// Whether it is known what there is to accept.
    public var isSettled: Bool { listing != .unknown }
    public private(set) var accepted: [ToolName: Accepted] = [:]
    /// Tools last seen new or with another definition: not accepted until a person accepts them, or until they are again
    /// as accepted.
    public private(set) var unaccepted: Set<ToolName> = []

    public init() {}

    /// The definition in force, if the tool is accepted and unchanged.
    public subscript(tool: ToolName) -> Accepted? { unaccepted.contains(tool) ? nil : accepted[tool] }

    /// Accepts a whole list; what was accepted before is replaced.
    public mutating func accept(_ tools: [ToolName: Accepted]) {
        listing = .accepted
        accepted = tools
        unaccepted = []
    }

    /// Forgets all: the name now stands for another server.
    public mutating func forget() { self = Definitions() }

    /// Takes a tool out until it is seen as accepted, or accepted anew.
    mutating func doubt(_ tool: ToolName) {
        guard accepted[tool] != nil || unaccepted.count < GatewayLimits.toolsPerServer else { return }
        unaccepted.insert(tool)
    }

    /// Takes note that there is no list, where none was accepted before.
    mutating func hasNone() { if listing == .unknown { listing = .none } }

    /// Takes note that there is a list to be read: from now on its tools are no longer judged by name alone, however many
    /// they are.
    mutating func hasList() { if listing == .none { listing = .late } }

    /// Without a list there is nothing accepted, and one that came late is the first again.
    mutating func needsList() { if listing != .accepted { self = Definitions() } }

    /// Whether a definition just seen is the accepted one.
    public func matches(_ tool: ToolName, hash: DefinitionHash) -> Bool { accepted[tool]?.hash == hash }

    /// Takes note of a definition just seen; true when that changes what is accepted.
    public mutating func note(_ tool: ToolName, hash: DefinitionHash) -> Bool {
        if matches(tool, hash: hash) { return unaccepted.remove(tool) != nil }
        // The bound is for names nobody accepted: that an accepted tool changed is noted always.
        guard accepted[tool] != nil || unaccepted.count < GatewayLimits.toolsPerServer else { return false }
        return unaccepted.insert(tool).inserted
    }
}
