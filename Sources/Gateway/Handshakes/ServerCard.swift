import MCPMessages
import WireJSON

/// What a client is told of a server: the server's own words, and only the capabilities that work from end to end.
struct ServerCard {
    private let description: UpstreamDescription
    private let letsEverythingThrough: Bool

    init(_ description: UpstreamDescription, letsEverythingThrough: Bool) {
        self.description = description
        self.letsEverythingThrough = letsEverythingThrough
    }

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
        writeCapabilities(to: &writer)
        writer.key("serverInfo")
        writer.raw(serverInfo)
        writeInstructions(to: &writer)
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
        writeCapabilities(to: &writer)
        writeInstructions(to: &writer)
        writer.key("ttlMs")
        writer.int(0)
        writer.key("cacheScope")
        writer.string("private")
        writer.key("_meta")
        writer.beginObject()
        writer.key("io.modelcontextprotocol/serverInfo")
        writer.raw(serverInfo)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private var serverInfo: [UInt8] {
        guard let info = description.serverInfo, info.kind == .object else { return House.info }
        return Array(info.bytes)
    }

    private func writeCapabilities(to writer: inout JSONWriter) {
        writer.key("capabilities")
        if letsEverythingThrough, let capabilities = description.capabilities, capabilities.kind == .object {
            return writer.raw(capabilities.bytes)
        }
        writer.beginObject()
        for name in Self.relayed {
            guard let capability = description.capabilities?[name] else { continue }
            writer.key(name)
            writer.raw(capability.bytes)
        }
        _ = Extensions.write(description.capabilities?["extensions"], to: &writer)
        writer.endObject()
    }

    /// What works from end to end, in the server's own words; the methods of anything else go nowhere.
    private static let relayed = ["tools", "prompts", "resources", "completions", "logging", "experimental"]

    private func writeInstructions(to writer: inout JSONWriter) {
        guard let instructions = description.instructions, instructions.kind == .string else { return }
        writer.key("instructions")
        writer.raw(instructions.bytes)
    }
}
