import Administration
import GatewayStorage

/// What the records look like on the interface.
extension Shape {
    static let name = Shape.text(.some)
    static let id = Shape.text(.id, bytes: 160)
    static let slug = Shape.text(.slug, bytes: 64)
    static let time = Shape.text(.time, bytes: 24)
    static let anyText = Shape.text(bytes: 1 << 20)
    static let role = Shape.choice(Role.allCases.map(\.rawValue))
    static let mode = Shape.choice(Attachment.Mode.allCases.map(\.rawValue))
    static let number = Shape.integer(0...1_000_000_000)
    static let texts = Shape.list(.text(bytes: AdministrationBounds.entryBytes), most: AdministrationBounds.entries)
    static let textTable = Shape.table(.text(bytes: AdministrationBounds.nameBytes), most: AdministrationBounds.entries)
    static let accept = Shape.choice(ServerChoices.Acceptance.allCases.map(\.rawValue))
    static let capture = Shape.choice(ServerChoices.Capture.allCases.map(\.rawValue))
    static let audit = Shape.choice(["queued", "strict"])
    static let seconds = Shape.integer(1...86_400)

    static let organisation = Shape.object([
        .need("id", id), .need("name", name), .need("stopped", .boolean), .need("machine", .boolean),
        .need("created_at", time),
    ])
    static let member = Shape.object([
        .need("id", id), .need("email", .anyText), .need("name", name), .need("role", role),
        .need("disabled", .boolean), .may("turned_away", .boolean), .need("created_at", time),
    ])
    static let invitation = Shape.object([
        .need("id", id), .need("role", role), .may("email", .anyText), .may("member", id),
        .need("invited_by", .anyText),
        .need("created_at", time), .need("expires_at", time),
    ])
    static let token = Shape.object([
        .need("id", id), .need("label", name), .need("role", role), .may("member", id),
        .need("created_by", .anyText), .need("created_at", time), .may("expires_at", time),
    ])
    static let server = Shape.object([
        .need("id", id), .need("slug", slug), .may("url", .anyText), .may("command", texts),
        .may("directory", .anyText), .may("title", .anyText), .need("secret_names", texts), .need("accept", accept),
        .need("capture", capture), .need("audit", audit), .may("call_timeout", seconds), .need("enabled", .boolean),
        .may("oauth", oauth), .may("authorization", authorization),
        .need("stopped", .boolean), .need("revision", number), .need("created_at", time), .may("scanned_at", time),
    ])
    static let tool = Shape.object([
        .need("id", id), .need("name", .anyText),
        .need("state", .choice(SeenDefinition.State.allCases.map(\.rawValue))), .may("hash", .anyText),
        .may("accepted_hash", .anyText),
    ])
    static let differenceKind = Shape.choice(["new", "changed", "gone", "reordered", "same"])
    static let policy = Shape.object([
        .need("id", id), .need("name", name), .may("published", number), .need("newest", number),
        .may("draft", .anyText), .need("created_at", time),
    ])
    static let version = Shape.object([
        .need("id", id), .need("number", number), .need("document", .anyText), .need("published_by", .anyText),
        .need("created_at", time),
    ])
    static let grant = Shape.object([
        .need("id", id), .need("label", name), .need("tags", textTable), .may("expires_at", time),
        .may("connectable_by", role), .need("stopped", .boolean), .may("revoked_at", time),
        .need("created_by", .anyText),
        .need("created_at", time),
    ])
    static let attachment = Shape.object([
        .need("id", id), .need("server", id), .need("policy", id), .need("mode", mode),
    ])
    static let comparison = Shape.object([
        .need("looser", .boolean), .may("tools", number),
        .need(
            "differences",
            .list(
                .object([
                    .need("direction", .choice(["looser", "tighter", "other"])), .need("kind", .anyText),
                    .need("subject", .anyText), .need("detail", .anyText), .may("old", .anyText), .may("new", .anyText),
                ]), most: 100_000)),
    ])
    static let connection = Shape.object([
        .need("id", id), .need("member", id), .need("grant", id), .need("client", .anyText),
        .may("client_name", .anyText), .need("redirect_uri", .anyText), .need("resource", .anyText),
        .need("created_at", time), .may("refreshed_at", time), .need("expires_at", time),
    ])
    static let verdict = Shape.object([.need("errors", problems), .need("warnings", problems)])
    private static let problems = Shape.list(
        .object([
            .need("line", number), .need("column", number), .need("pointer", .anyText), .need("message", .anyText),
        ]), most: 10_000)

    static func page(of item: Shape) -> Shape {
        .object([.need("items", .list(item, most: AdministrationBounds.tools)), .may("next", .anyText)])
    }

    static func issued(_ record: Shape) -> Shape { .object([.need("token", .anyText), .need("record", record)]) }
}
