public import WireJSON

/// One server in one version, as an MCP Registry lists it.
///
/// Read tolerantly, since registries of several ages answer: members in snake case, `version_detail`, a status inside
/// the server or beside it.
public struct RegistryEntry: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable, CaseIterable {
        case active
        case deprecated
        /// To be disabled here too.
        case deleted
    }

    /// In reverse domain form: `io.example/server`.
    public let name: String
    public let version: String
    public let status: Status
    /// Not an older version of a server that has a newer one.
    public let isLatest: Bool
    public let packages: [CataloguePackage]
    /// Has an address of its own.
    public let isRemote: Bool

    /// Why an entry is passed over, in words.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// Reads an element of `servers`.
    public init(_ json: JSON) throws(Refusal) {
        let server = json["server"] ?? json
        guard server.kind == .object else { throw Refusal("it is no object") }
        guard let name = server["name"]?.string, Self.isName(name) else {
            throw Refusal("its name is missing, or not of the form `io.example/server`")
        }
        let version = server["version"]?.string ?? server["version_detail"]?["version"]?.string ?? ""
        guard !version.isEmpty, version.utf8.count <= 255 else { throw Refusal("its version is missing or too long") }
        let official = json["_meta"]?["io.modelcontextprotocol.registry/official"]
        let status = official?["status"]?.string ?? server["status"]?.string ?? Status.active.rawValue
        guard let known = Status(rawValue: status) else { throw Refusal("its status is none that is known") }
        self.name = name
        self.version = version
        self.status = known
        isLatest = official?["isLatest"]?.bool ?? official?["is_latest"]?.bool ?? true
        isRemote = (server["remotes"]?.count ?? 0) > 0
        packages = (server["packages"].map { Array($0.elements.prefix(CatalogueBounds.registryPackages)) } ?? [])
            .compactMap { Self.package($0, of: version) }
    }

    private static func package(_ json: JSON, of version: String) -> CataloguePackage? {
        guard let type = json["registryType"]?.string ?? json["registry_type"]?.string ?? json["registry_name"]?.string,
            let name = json["identifier"]?.string ?? json["name"]?.string, !type.isEmpty, !name.isEmpty,
            type.utf8.count <= 32, name.utf8.count <= 512
        else { return nil }
        return CataloguePackage(registry: type, name: name, version: json["version"]?.string ?? version)
    }

    /// 3 to 200 bytes, one slash, and on either side letters, digits, dots, hyphens and underscores.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return (3...200).contains(name.utf8.count) && parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
                            || byte == 0x2D || byte == 0x2E || byte == 0x5F
                    }
            }
    }
}
