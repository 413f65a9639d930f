import MCPMessages
import WireJSON

/// What a client is told of a server, or of several as one: the servers' own words, and only the capabilities that work
/// from end to end.
struct ServerCard {
    /// JSON objects.
    private let capabilities: [UInt8]
    private let serverInfo: [UInt8]
    /// A JSON text.
    private let instructions: [UInt8]?
    /// Servers of a stack of which nothing can be told.
    private let absent: [String]

    /// - Parameter client: the era it is told in; tasks are for the modern one.
    init(_ description: UpstreamDescription, letsEverythingThrough: Bool, to client: Era) {
        serverInfo = description.serverInfo.flatMap { $0.kind == .object ? Array($0.bytes) : nil } ?? House.info
        instructions = description.instructions.flatMap { $0.kind == .string ? Array($0.bytes) : nil }
        absent = []
        if letsEverythingThrough, let own = description.capabilities, own.kind == .object {
            capabilities = Array(own.bytes)
            return
        }
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        for name in Self.relayed {
            guard let capability = description.capabilities?[name] else { continue }
            writer.key(name)
            writer.raw(capability.bytes)
        }
        Extensions.write(
            description.capabilities?["extensions"], to: &writer,
            tasks: client == .modern && description.version.era == .modern)
        writer.endObject()
        capabilities = writer.bytes
    }

    /// - Parameters:
    ///   - capabilities: a JSON object.
    ///   - instructions: nil for none.
    init(house capabilities: [UInt8], instructions: String?, without absent: [String]) {
        self.capabilities = capabilities
        self.absent = absent
        serverInfo = House.info
        self.instructions = instructions.map { text in
            var writer = JSONWriter(reserving: text.utf8.count + 2)
            writer.string(text)
            return writer.bytes
        }
    }

    /// What works from end to end, in the server's own words; the methods of anything else go nowhere.
    private static let relayed = ["tools", "prompts", "resources", "completions", "logging", "experimental"]

    /// The legacy revision to speak: what was asked for where it is offered, but none newer than a legacy server knows.
    static func legacyVersion(requested: String?, _ description: UpstreamDescription) -> ProtocolVersion {
        let negotiated = ProtocolVersion.negotiated(requested: requested)
        guard description.version.era == .legacy else { return negotiated }
        return max(min(negotiated, description.version), ProtocolVersion.offeredLegacy[0])
    }

    func initializeResult(_ version: ProtocolVersion) -> [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writer.key("protocolVersion")
        writer.string(version.rawValue)
        writer.key("capabilities")
        writer.raw(capabilities)
        writer.key("serverInfo")
        writer.raw(serverInfo)
        writeInstructions(to: &writer)
        StackAbsence.write(absent, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    func discoverResult() -> [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writer.key("resultType")
        writer.string("complete")
        writer.key("supportedVersions")
        writer.beginArray()
        writer.string(ProtocolVersion.modern.rawValue)
        writer.endArray()
        writer.key("capabilities")
        writer.raw(capabilities)
        writeInstructions(to: &writer)
        writer.key("ttlMs")
        writer.int(0)
        writer.key("cacheScope")
        writer.string("private")
        writer.key("_meta")
        writer.beginObject()
        writer.key("io.modelcontextprotocol/serverInfo")
        writer.raw(serverInfo)
        StackAbsence.writeMember(absent, to: &writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private func writeInstructions(to writer: inout JSONWriter) {
        guard let instructions else { return }
        writer.key("instructions")
        writer.raw(instructions)
    }
}
