import GatewayStorage
import GatewayTesting
import HummingbirdTesting
import ToolCatalogue
import WireJSON

@testable import Console

/// Catalogues whose pages tests look at.
enum SampleConsole {
    /// A server judged from definitions that are written here.
    static func server(
        _ slug: String, _ definitions: [String], package: String = "iam-server"
    ) throws -> CatalogueServer {
        CatalogueServer(
            slug: slug, registry: "pypi", package: package, version: "1.1.2", provider: "aws",
            definitions: try definitions.map { try JSON(Array($0.utf8)) })
    }

    static let iam = [
        #"{"name":"list_users"}"#,
        #"{"name":"detach_user_policy","inputSchema":{"required":["user_name"],"properties":{"user_name":{"type":"string"},"confirmed":{"type":"boolean"}}}}"#,
        #"{"name":"attach_user_policy","inputSchema":{"properties":{"policy_arn":{"type":"string"}}}}"#,
        #"{"name":"create_user"}"#, #"{"name":"get_time"}"#,
    ]

    static func parts(_ servers: [CatalogueServer]) async throws -> ConsoleParts {
        let index = MemoryCatalogue()
        try await index.replace(
            with: Catalogue(
                issued: "2026-11-23", servers: servers,
                packages: [CataloguePackage(registry: "npm", name: "known-by-name", version: "1")]), digest: "a")
        return ConsoleParts(catalogue: index)
    }
}
