import Administration
import GatewayStorage
import HTTPTypes

extension APIOperation {
    static let connections: [APIOperation] = [
        APIOperation(
            id: "listConnections", method: .get, path: "/connections", summary: "The clients that members let sign in.",
            requirement: .listConnections,
            query: page + [.init(name: "grant", shape: .id, words: "Of this grant.", isRequired: false)], status: .ok,
            answer: .page(of: .connection)
        ) { call in
            var parents: [DirectoryKind: RecordID] = [:]
            if let grant = call.query["grant"] { parents[.grant] = try call.id(grant, "grant") }
            return APIAnswer(
                try await call.office.list(
                    Connection.self, as: .listConnections, by: call.actor, parents: parents, after: call.cursor(),
                    limit: call.limit))
        },
        APIOperation(
            id: "disconnectClient", method: .delete, path: "/connections/{id}",
            summary: "End a client's sign-in, open streams included.", requirement: .disconnectClient,
            status: .noContent
        ) { call in
            try await call.office.disconnect(call.id(), by: call.actor)
            return .empty
        },
    ]
}
