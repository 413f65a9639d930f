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

    /// False until a first list was accepted.
    public private(set) var isEstablished = false
    /// Whether the server says that it has no list and is set to `accept: names`: then there is no definition that could be
    /// accepted or change, and its tools are what policy names or its default allows. Learnt anew in each run.
    public private(set) var hasNoList = false
    /// Whether it is known what there is to accept.
    public var isSettled: Bool { isEstablished || hasNoList }
    public private(set) var accepted: [ToolName: Accepted] = [:]
    /// Tools last seen new or with another definition: not accepted until a person accepts them, or until they are again
    /// as accepted.
    public private(set) var unaccepted: Set<ToolName> = []

    public init() {}

    /// The definition in force, if the tool is accepted and unchanged.
    public subscript(tool: ToolName) -> Accepted? { unaccepted.contains(tool) ? nil : accepted[tool] }

    /// Accepts a whole list; what was accepted before is replaced.
    public mutating func accept(_ tools: [ToolName: Accepted]) {
        isEstablished = true
        hasNoList = false
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
    mutating func hasNone() { hasNoList = !isEstablished }

    /// Without a list there is nothing accepted.
    mutating func needsList() { hasNoList = false }

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
