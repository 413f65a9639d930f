import MCPMessages
import PolicyEngine
import WireJSON

/// What a request that policy judges asks for: a tool to be called, a prompt to be got, a resource to be read.
struct Asked: Sendable {
    enum Kind: String, Sendable {
        case tool
        case prompt
        case resource
    }

    let kind: Kind
    /// The tool's or prompt's name, or the URI, as bytes of the message.
    let name: [UInt8]
    /// What rules judge: the arguments, or `{"uri": …}`.
    let arguments: JSON?

    var text: String { String(decoding: name, as: UTF8.self) }

    /// Whether requests of this method are judged one by one.
    static func kind(of method: String) -> Kind? {
        switch method {
        case "tools/call": .tool
        case "prompts/get": .prompt
        case "resources/read": .resource
        default: nil
        }
    }

    init(_ kind: Kind, _ params: JSON?) throws(RPCError) {
        switch kind {
        case .tool, .prompt:
            let asked = try CallParameters(params)
            self.init(kind: kind, name: asked.name, arguments: asked.arguments)
        case .resource:
            try self.init(resource: params?["uri"]?.utf8 ?? [])
        }
    }

    /// A resource to be read or watched.
    init(resource uri: [UInt8]) throws(RPCError) {
        var writer = JSONWriter(reserving: uri.count + 16)
        writer.beginObject()
        writer.key("uri")
        writer.string(utf8: uri)
        writer.endObject()
        guard !uri.isEmpty, uri.count <= MessageLimits.mirroredNameBytes,
            let arguments = try? JSON(lenient: writer.bytes)
        else { throw RPCError(.invalidParams, "`uri` must be a text") }
        self.init(kind: .resource, name: uri, arguments: arguments)
    }

    /// The same as its client calls it, where that is another name.
    func called(_ name: [UInt8]?) -> Asked {
        guard let name else { return self }
        if kind == .resource { return (try? Asked(resource: name)) ?? self }
        return Asked(kind: kind, name: name, arguments: arguments)
    }

    /// A thing of this name, of which nothing else is known.
    init(_ kind: Kind, named name: [UInt8]) {
        self = Asked(kind: kind, name: [], arguments: nil).called(name)
    }

    private init(kind: Kind, name: [UInt8], arguments: JSON?) {
        self.kind = kind
        self.name = name
        self.arguments = arguments
    }
}

extension Policy {
    /// Whether something that is no tool exists for those whom the policy governs.
    func visibility(of asked: Asked) -> Visibility {
        switch asked.kind {
        case .tool: ToolName(asked.name).map { visibility(of: $0) } ?? .unlisted
        case .prompt: visibility(ofPrompt: asked.text)
        case .resource: visibility(ofResource: asked.text)
        }
    }

    func visibility(of kind: ListKind, named name: [UInt8]) -> Visibility {
        let text = String(decoding: name, as: UTF8.self)
        return switch kind {
        case .tools: ToolName(name).map { visibility(of: $0) } ?? .unlisted
        case .prompts: visibility(ofPrompt: text)
        case .resources, .resourceTemplates: visibility(ofResource: text)
        }
    }
}
