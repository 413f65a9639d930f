/// What a message is answered with: a result or error member, ready in memory, to be written after the message's id.
struct Answer {
    /// `200 OK` and the like.
    let status: [UInt8]
    /// The member beside `id`, such as `"result":{…}`; empty for an answer without a body.
    let member: [UInt8]

    private init(_ status: String, _ member: String) {
        self.status = Array(status.utf8)
        self.member = Array(member.utf8)
    }

    private init(result: String) { self.init("200 OK", #""result":"# + result) }

    /// The answer to the method that `bytes[method]` names.
    static func to(_ bytes: Span<UInt8>, _ method: Range<Int>) -> Answer {
        if isEqual(bytes, method, "tools/list") { return list }
        if isEqual(bytes, method, "server/discover") { return discovery }
        if isEqual(bytes, method, "initialize") { return initialization }
        if isEqual(bytes, method, "ping") { return Answer.empty }
        if isPrefix("notifications/", of: bytes, method) { return accepted }
        return unknown
    }

    /// A modern tool result of about 0.4 KB.
    static let call = Answer(
        result: #"{"content":[{"type":"text","text":""# + String(repeating: "All is well at the other end. ", count: 10)
            + #""}],"isError":false,"resultType":"complete"}"#)

    static let accepted = Answer("202 Accepted", "")
    static let unreadable = Answer("411 Length Required", "")
    private static let empty = Answer(result: "{}")
    private static let unknown = Answer("404 Not Found", #""error":{"code":-32601,"message":"method not found"}"#)

    private static let initialization = Answer(
        result: #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"# + server + "}")

    private static let discovery = Answer(
        result: #"{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"# + server
            + #","resultType":"complete","ttlMs":0,"cacheScope":"private"}"#)

    private static let server = #""serverInfo":{"name":"fast-upstream","version":"1.0.0"}"#

    private static let list = Answer(
        result: #"{"tools":["# + toolNames.map(definition).joined(separator: ",")
            + #"],"resultType":"complete","ttlMs":0,"cacheScope":"private"}"#)

    private static let toolNames =
        ["echo", "drop_table"]
        + ["create", "delete", "list"].flatMap { verb in
            ["user", "group", "key", "role", "bucket", "queue"].map { "\(verb)_\($0)" }
        }

    private static func definition(of name: String) -> String {
        #"{"name":""# + name + #"","description":"Stands for a tool of a real server.","inputSchema":{"type":"object","#
            + #""properties":{"message":{"type":"string"},"amount":{"type":"number"},"region":{"type":"string"},"#
            + #""tags":{"type":"array","items":{"type":"string"}},"owner":{"type":"object"}}}}"#
    }
}
