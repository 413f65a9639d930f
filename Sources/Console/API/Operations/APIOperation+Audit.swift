import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    private static let place = Parameter(
        name: "cursor", shape: .integer(1...Int(1) << 53), words: "The `next` of the page before.")
    /// Filters stand in the address, which is bounded itself (``ConsoleLimits/targetBytes``).
    private static let word = Shape.text(bytes: 64)
    private static let name = Shape.text(bytes: 256)

    /// What people did and what agents called.
    static let audit: [APIOperation] = [
        APIOperation(
            id: "listEvents", method: .get, path: "/events", summary: "What people did, newest first.",
            requirement: .listEvents, query: [page[0], place], status: .ok,
            answer: .page(of: .object([.need("sequence", .integer(0...Int.max)), .need("event", .anyObject)]))
        ) { call in
            let events = try await call.office.events(
                before: call.query["cursor"].flatMap { Int64($0) }, limit: call.limit, by: call.actor)
            return APIAnswer(events) { write($0, as: "event", to: &$1) }
        },
        APIOperation(
            id: "listCalls", method: .get, path: "/calls",
            summary: "Calls of the organisation as the audit has them, newest first, completions inside.",
            requirement: .listCalls,
            query: [
                page[0], place, Parameter(name: "server", shape: word, words: "Only calls to this server."),
                Parameter(name: "tool", shape: name, words: "Only calls of this tool."),
                Parameter(name: "grant", shape: name, words: "Only calls with the grant of this label."),
                Parameter(
                    name: "outcome", shape: word, words: "Only calls that were decided so: `allowed`, `denied`, …"),
                Parameter(name: "request", shape: word, words: "Only the call with this request id."),
                Parameter(name: "since", shape: .time, words: "Not earlier than this."),
                Parameter(name: "until", shape: .time, words: "Earlier than this."),
            ], status: .ok,
            answer: .page(of: .object([.need("sequence", .integer(0...Int.max)), .need("call", .anyObject)]))
        ) { call in
            let query = call.query
            let filter = AuditFilter(
                server: query["server"], tool: query["tool"], grant: query["grant"], outcome: query["outcome"],
                request: query["request"], since: query["since"].flatMap { Timestamp.time($0) },
                until: query["until"].flatMap { Timestamp.time($0) }, before: query["cursor"].flatMap { Int64($0) },
                limit: call.limit)
            return APIAnswer(try await call.office.calls(filter, by: call.actor)) { write($0, as: "call", to: &$1) }
        },
    ]

    private static func write(_ kept: KeptEvent, as key: String, to json: inout JSONWriter) {
        json.object { json in
            json.member("sequence", kept.sequence)
            json.member(key, raw: kept.json)
        }
    }
}
