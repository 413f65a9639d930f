internal import Crypto
internal import WireJSON

extension Catalogue {
    /// The first line of a catalogue file.
    static let firstLine = "gatehouse-catalogue 1"

    /// The catalogue as a file: a line that names the format, a header, a line for each server, tool and package, and a
    /// line that signs all before it.
    ///
    /// The same catalogue gives the same lines, but for the signature.
    public func signed(with key: CatalogueKey) throws -> [UInt8] {
        var file = Array((Self.firstLine + "\n").utf8)
        append(to: &file) { writer in
            writer.beginObject()
            writer.key("issued")
            writer.string(issued)
            writer.key("servers")
            writer.int(servers.count)
            writer.key("tools")
            writer.int(toolCount)
            writer.key("packages")
            writer.int(packages.count)
            writer.endObject()
        }
        for server in servers {
            append(to: &file) { Self.write(server, to: &$0) }
            for tool in server.tools { append(to: &file) { Self.write(tool, to: &$0) } }
        }
        for package in packages {
            append(to: &file) { writer in
                writer.beginArray()
                for text in ["p", package.registry, package.name, package.version] { writer.string(text) }
                writer.endArray()
            }
        }
        let digest = Array(SHA256.hash(data: file))
        let signature = try key.key.signature(for: digest)
        append(to: &file) { writer in
            writer.beginObject()
            writer.key("key")
            writer.string(key.publicKey.description)
            writer.key("signature")
            writer.string(Hexadecimal.text(signature))
            writer.endObject()
        }
        return file
    }

    private func append(to file: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        write(&writer)
        file += writer.bytes
        file.append(0x0A)
    }

    static func write(_ server: CatalogueServer, to writer: inout JSONWriter) {
        writer.beginArray()
        writer.string("s")
        for text in [server.slug, server.registry, server.package, server.version, server.provider] {
            writer.string(text)
        }
        writer.endArray()
    }

    static func write(_ tool: CatalogueTool, to writer: inout JSONWriter) {
        writer.beginArray()
        writer.string("t")
        writer.string(tool.name)
        writer.string(CatalogueCodes.code(tool.verdict.category) + CatalogueCodes.code(tool.verdict.risk))
        writer.int(Int((tool.verdict.confidence * 100).rounded()))
        writer.string(tool.recommendation.action.rawValue)
        writer.string(tool.definition.hex)
        writer.beginArray()
        for argument in tool.arguments {
            writer.string(argument.name)
            writer.string(argument.kind.rawValue + (argument.isRequired ? "!" : ""))
        }
        writer.endArray()
        writer.beginArray()
        for evidence in tool.verdict.evidence {
            writer.string(CatalogueCodes.code(evidence.place))
            writer.string(evidence.found)
            writer.string(CatalogueCodes.code(evidence.claim))
        }
        writer.endArray()
        writer.endArray()
    }
}
