import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

/// What files declare, on the interface: to be read, and changed in the files.
extension Shape {
    /// What a file's things are called where an id stands; no record's id begins so.
    static let filePrefix = "file."

    static let declaredServer = Shape.object([
        .need("id", id), .need("slug", slug), .need("declared", .boolean),
        .need("reached", .choice(["command", "url"])),
    ])
    static let declaredGrant = Shape.object([
        .need("id", id), .need("label", .anyText), .need("declared", .boolean), .need("servers", textTable),
    ])
    static let drift = Shape.object([
        .need("kind", .choice(FilesReport.Drift.Kind.allCases.map(\.rawValue))),
        .need("object", .choice(FilesReport.Drift.Object.allCases.map(\.rawValue))), .need("name", .anyText),
        .need("detail", .anyText),
    ])
}

extension APIOperation {
    static let files: [APIOperation] = [
        APIOperation(
            id: "showDrift", method: .get, path: "/drift",
            summary: "Where configuration files, what runs and what is registered differ.", requirement: .export,
            status: .ok, answer: .page(of: .drift)
        ) { call in
            let report = try await call.office.drift(by: call.actor)
            return APIAnswer(.init(items: report.drift, next: nil)) { one, json in
                json.object { json in
                    json.member("kind", one.kind.rawValue)
                    json.member("object", one.object.rawValue)
                    json.member("name", one.name)
                    json.member("detail", one.detail)
                }
            }
        }
    ]
}

extension APICall {
    /// A page, and behind its last record what files declare beside it, as far as the actor may see that.
    func answer<Item, Declared>(
        _ page: Administration.Page<Item>, declaring declared: (FilesReport) -> [Declared],
        write: (Item, inout JSONWriter) -> Void, writeDeclared: (Declared, inout JSONWriter) -> Void
    ) async throws(Refusal) -> APIAnswer {
        var beside: [Declared] = []
        if page.next == nil, let report = try await office.declared(for: actor) { beside = declared(report) }
        return APIAnswer { json in
            json.object { json in
                json.key("items")
                json.array { json in
                    for item in page.items { write(item, &json) }
                    for item in beside { writeDeclared(item, &json) }
                }
                if let next = page.next { json.member("next", next) }
            }
        }
    }
}

extension FilesReport.Server {
    func describe(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", Shape.filePrefix + slug)
            json.member("slug", slug)
            json.member("declared", true)
            json.member("reached", isCommand ? "command" : "url")
        }
    }
}

extension FilesReport.Grant {
    /// A label may be any text: in an id it is hexadecimal.
    func describe(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", Shape.filePrefix + Hexadecimal.text(Array(label.utf8.prefix(64))))
            json.member("label", label)
            json.member("declared", true)
            json.key("servers")
            json.object { json in
                for (server, policy) in servers.sorted(by: { $0.key < $1.key }) { json.member(server, policy) }
            }
        }
    }
}
