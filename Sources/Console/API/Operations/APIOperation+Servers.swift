import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    private static let choices: [Shape.Field] = [
        .may("url", .text(.some, bytes: 4096)), .may("command", .texts), .may("directory", .text(.some, bytes: 4096)),
        .may("title", .nullable(.name)), .may("accept", .accept), .may("capture", .capture), .may("audit", .audit),
        .may("call_timeout", .nullable(.seconds)), .may("oauth", .nullable(.oauthChoices)),
    ]
    private static let secret = Shape.text(bytes: AdministrationBounds.entryBytes)

    static let servers: [APIOperation] = [
        APIOperation(
            id: "listServers", method: .get, path: "/servers", summary: "The servers.", requirement: .listServers,
            query: page, status: .ok, answer: .page(of: .either([.server, .declaredServer]))
        ) { call in
            let page = try await call.office.list(
                ServerRecord.self, as: .listServers, by: call.actor, after: call.cursor(), limit: call.limit)
            return try await call.answer(page, declaring: { $0.servers }) { server, json in
                call.write(server, to: &json)
            } writeDeclared: { server, json in
                server.describe(to: &json)
            }
        },
        APIOperation(
            id: "registerServer", method: .post, path: "/servers",
            summary:
                """
                Register a server by `url` or, as an admin, by `command` or its name in the `catalogue`; `secrets` are its \
                headers or variables.
                """,
            requirement: .registerServer,
            body: .object(
                [
                    .need("slug", .slug), .may("secrets", .table(secret, most: AdministrationBounds.entries)),
                    .may("catalogue", .text(.some, bytes: 1024)),
                ] + choices),
            status: .created, answer: .server
        ) { call in
            let choices = try choices(call.body, on: nil, command: try await call.catalogueCommand())
            let server = try await call.office.registerServer(
                call.body.string("slug") ?? "", choices, secrets: try secrets(call.body).compactMapValues(\.self),
                by: call.actor)
            return call.answer(server, location: "/servers/\(server.id)")
        },
        APIOperation(
            id: "showServer", method: .get, path: "/servers/{id}", summary: "One server.", requirement: .showServer,
            status: .ok, answer: .server
        ) { call in
            call.answer(try await call.office.show(ServerRecord.self, call.id(), as: .showServer, by: call.actor))
        },
        APIOperation(
            id: "changeServer", method: .patch, path: "/servers/{id}",
            summary: "Change a server; what is not given stays, a secret that is null goes.",
            requirement: .changeServer,
            body: .object(
                [
                    .may("enabled", .boolean),
                    .may("secrets", .table(.nullable(secret), most: AdministrationBounds.entries)),
                ] + choices),
            status: .ok, answer: .server
        ) { call in
            let old = try await call.office.show(ServerRecord.self, call.id(), as: .changeServer, by: call.actor)
            return call.answer(
                try await call.office.changeServer(
                    old.id, choices(call.body, on: old.settings), secrets: secrets(call.body),
                    isEnabled: call.body["enabled"]?.bool ?? old.isEnabled, by: call.actor))
        },
        APIOperation(
            id: "removeServer", method: .delete, path: "/servers/{id}", summary: "Remove a server no grant reaches.",
            requirement: .removeServer, status: .noContent
        ) { call in
            try await call.office.removeServer(call.id(), by: call.actor)
            return .empty
        },
        APIOperation(
            id: "scanServer", method: .post, path: "/servers/{id}/scan", summary: "Ask the server for its tools now.",
            requirement: .scanServer, status: .ok, answer: .page(of: .tool)
        ) { call in
            APIAnswer(.init(items: try await call.office.scan(call.id(), by: call.actor), next: nil))
        },
        APIOperation(
            id: "listTools", method: .get, path: "/servers/{id}/tools", summary: "Its tools as last seen.",
            requirement: .listTools, query: page, status: .ok, answer: .page(of: .tool)
        ) { call in
            let server = try await call.office.show(ServerRecord.self, call.id(), as: .listTools, by: call.actor)
            return APIAnswer(
                try await call.office.list(
                    SeenDefinition.self, as: .listTools, by: call.actor, parents: [.server: server.id],
                    after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "compareTool", method: .get, path: "/servers/{id}/difference",
            summary: "What differs between a tool's accepted definition and the one last seen.",
            requirement: .listTools,
            query: [
                Parameter(
                    name: "tool", shape: .text(bytes: 256), words: "The tool's name.", isRequired: true)
            ], status: .ok,
            answer: .object([
                .need("tool", .tool), .need("kind", .differenceKind),
                .need(
                    "differences",
                    .list(
                        .object([.need("pointer", .anyText), .may("before", .any), .may("after", .any)]),
                        most: Difference.most + 64)),
            ])
        ) { call in
            let found = try await call.office.difference(
                tool: Array((call.query["tool"] ?? "").utf8), of: call.id(), by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.key("tool")
                    found.definition.describe(to: &json)
                    json.member("kind", found.kind)
                    json.key("differences")
                    json.array { json in
                        for difference in found.differences {
                            json.object { json in
                                json.member("pointer", difference.pointer)
                                if let before = difference.before { json.member("before", raw: before) }
                                if let after = difference.after { json.member("after", raw: after) }
                            }
                        }
                    }
                }
            }
        },
        APIOperation(
            id: "acceptDefinitions", method: .post, path: "/servers/{id}/accept",
            summary: "Accept definitions by the hash that was looked at; without `tools`, all as last seen.",
            requirement: .acceptDefinitions,
            body: .object([
                .may(
                    "tools",
                    .list(
                        .object([.need("name", .text(bytes: 1024)), .need("hash", .text(bytes: 128))]),
                        most: AdministrationBounds.tools))
            ]), status: .ok, answer: .page(of: .tool)
        ) { call in
            let chosen = call.body["tools"].map { tools in
                tools.elements.map { (tool: $0["name"]?.utf8 ?? [], hash: $0.string("hash") ?? "") }
            }
            return APIAnswer(
                .init(items: try await call.office.acceptDefinitions(chosen, of: call.id(), by: call.actor), next: nil))
        },
        stop("stopServer", "/servers/{id}/stop", "Stop a server at once, open streams included.", true) {
            call throws(Refusal) in .server(try call.id())
        },
        stop("resumeServer", "/servers/{id}/resume", "Let it go on.", false) { call throws(Refusal) in
            .server(try call.id())
        },
    ]

    /// The choices in a body, on those that are there.
    ///
    /// - Parameter command: that of the catalogue, where the body names a server there.
    private static func choices(
        _ body: JSON, on old: ServerChoices?, command known: [String]? = nil
    ) throws(Refusal) -> ServerChoices {
        var choices: ServerChoices
        switch (body.string("url"), known ?? body["command"]?.elements.compactMap(\.string)) {
        case (let url?, nil): choices = ServerChoices(transport: .url(url))
        case (nil, let command?):
            choices = ServerChoices(transport: .command(command, directory: body.string("directory")))
        case (nil, nil):
            guard let old else { throw .invalid(field: "url", reason: "or `command` is missing") }
            choices = old
        default: throw .invalid(field: "url", reason: "and `command` exclude each other")
        }
        if let old {
            let transport = choices.transport
            choices = old
            choices.transport = transport
        }
        if body.has("title") { choices.title = body.string("title") }
        if body.has("oauth") { choices.oauth = OAuthChoices(in: body) }
        if let word = body.string("accept") { choices.acceptance = .init(rawValue: word) ?? .manual }
        if let word = body.string("capture") { choices.capture = .init(rawValue: word) ?? .keys }
        if let word = body.string("audit") { choices.isAuditStrict = word == "strict" }
        if body.has("call_timeout") { choices.callTimeout = body["call_timeout"]?.int }
        return choices
    }

    private static func secrets(_ body: JSON) throws(Refusal) -> [String: String?] {
        var secrets: [String: String?] = [:]
        for (key, value) in body["secrets"].map({ Array($0.members) }) ?? [] {
            guard key.string != OAuthChoices.secretName else {
                throw .invalid(field: "secrets", reason: "have none of this name: it is a member of `oauth`")
            }
            secrets.updateValue(value.string, forKey: key.string)
        }
        if let secret = body["oauth"]?["client_secret"] {
            secrets.updateValue(secret.string, forKey: OAuthChoices.secretName)
        }
        return secrets
    }
}
