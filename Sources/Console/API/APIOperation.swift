import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

/// One operation of the interface: its address, what goes in and comes out, and what it does. Routing, `openapi.json`
/// and the checks of bodies all read this.
struct APIOperation: Sendable {
    /// One's own, for programs: `createGrant`.
    let id: String
    let method: HTTPRequest.Method
    /// Below `/api/v1`; `{id}` stands for one segment.
    let path: String
    let summary: String
    /// What the actor needs.
    let requirement: Operation
    var query: [Parameter] = []
    var body: Shape?
    let status: HTTPResponse.Status
    /// Nil: an answer without a body.
    var answer: Shape?
    let act: @Sendable (APICall) async throws -> APIAnswer

    struct Parameter: Sendable {
        let name: String
        let shape: Shape
        let words: String
        var isRequired = false
    }

    /// The segments of its address.
    var segments: [Substring] { path.split(separator: "/") }

    /// The parts of a path that its placeholders stand for; nil where it is another address.
    func match(_ path: [Substring]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parts: [String: String] = [:]
        for (segment, given) in zip(segments, path) {
            if segment.first == "{" {
                parts[String(segment.dropFirst().dropLast())] = String(given)
            } else if !segment.utf8.elementsEqual(given.utf8) {
                return nil
            }
        }
        return parts
    }
}

/// A checked request.
struct APICall: Sendable {
    let office: Administration
    let actor: Actor
    let parts: [String: String]
    let query: [String: String]
    /// Of the operation's shape; an empty object where the operation takes none.
    let body: JSON

    /// The record a part of the address names.
    func id(_ part: String = "id") throws(Refusal) -> RecordID {
        let text = parts[part] ?? ""
        guard !text.utf8.starts(with: Shape.filePrefix.utf8) else { throw .declared("it") }
        return try id(text, part)
    }

    /// An id in a body or query.
    func id(_ text: String, _ what: String) throws(Refusal) -> RecordID {
        guard let id = RecordID(text) else { throw .unknown(what == "id" ? "thing" : what) }
        return id
    }

    var limit: Int { query["limit"].flatMap { Int($0) } ?? 50 }

    func cursor() throws(Refusal) -> RecordID? {
        guard let text = query["cursor"] else { return nil }
        guard let id = RecordID(text) else { throw .invalid(field: "cursor", reason: "is none of ours") }
        return id
    }
}

/// What an operation answers: its JSON.
struct APIAnswer: Sendable {
    var body: [UInt8]?
    /// The address of what was made.
    var location: String?

    static let empty = APIAnswer()

    init() {}

    init(location: String? = nil, _ write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(reserving: 1024)
        write(&writer)
        body = writer.bytes
        self.location = location
    }

    /// One record.
    init(_ record: some DirectoryRecord, location: String? = nil) {
        self.init(location: location) { record.describe(to: &$0) }
    }

    /// One page of records.
    init<Record: DirectoryRecord>(_ page: Administration.Page<Record>) {
        self.init(page) { $0.describe(to: &$1) }
    }

    init<Item>(_ page: Administration.Page<Item>, _ write: (Item, inout JSONWriter) -> Void) {
        self.init { json in
            json.object { json in
                json.key("items")
                json.array { json in for item in page.items { write(item, &json) } }
                if let next = page.next { json.member("next", next) }
            }
        }
    }

    /// Something new and its token, told this once.
    init<Record: DirectoryRecord>(_ issued: Administration.Issued<Record>, location: String) {
        self.init(location: location) { json in
            json.object { json in
                json.member("token", issued.token)
                json.key("record")
                issued.record.describe(to: &json)
            }
        }
    }
}

extension JSON {
    func string(_ key: String) -> String? { self[key]?.string }
    func has(_ key: String) -> Bool { self[key] != nil }
}
