import MCPMessages
import Testing
import WireJSON

/// A result in the shape of the client's era (revision 2026-07-28, "Results" and "Caching").
@Suite("Result shape")
struct ResultShapeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let result: String
        var from: Era
        var to: Era
        var kind = ResultShape.Kind.plain
        let expected: String

        init(_ result: String, _ from: Era, _ to: Era, _ kind: ResultShape.Kind = .plain, _ expected: String? = nil) {
            self.result = result
            self.from = from
            self.to = to
            self.kind = kind
            self.expected = expected ?? result
        }

        var testDescription: String { "\(from) to \(to), \(kind): \(result)" }
    }

    static let rows = [
        // Nothing to change: byte for byte.
        Row(#"{ "content" : [ ] , "x":1.0}"#, .legacy, .legacy),
        Row(#"{ "content" : [ ] ,"resultType":"anything","ttlMs":5}"#, .legacy, .legacy),
        Row(#"{ "content":[], "resultType" : "complete" }"#, .modern, .modern),
        // What only modern clients know, and what a modern server left out.
        Row(#"{"content":[]}"#, .modern, .modern, .plain, #"{"content":[],"resultType":"complete"}"#),
        Row(#"{"content":[]}"#, .legacy, .modern, .plain, #"{"content":[],"resultType":"complete"}"#),
        Row("{}", .legacy, .modern, .plain, #"{"resultType":"complete"}"#),
        Row(#"{"resultType":"task","a":1}"#, .legacy, .modern, .plain, #"{"resultType":"complete","a":1}"#),
        Row(
            #"{"tools":[]}"#, .legacy, .modern, .cacheable,
            #"{"tools":[],"resultType":"complete","ttlMs":0,"cacheScope":"private"}"#),
        // What legacy clients do not know.
        Row(#"{"resultType":"complete","content":[]}"#, .modern, .legacy, .plain, #"{"content":[]}"#),
        Row(
            #"{"a": 1,"resultType":"complete", "b":2 ,"ttlMs":60000,"cacheScope":"public"}"#, .modern, .legacy,
            .cacheable,
            #"{"a": 1, "b":2}"#),
        Row(#"{"resultType":"complete"}"#, .modern, .legacy, .plain, "{}"),
        // A list is one principal's and stale at once, whatever the server says (hostile B28).
        Row(
            #"{"tools":[],"ttlMs":60000,"resultType":"complete","cacheScope":"public"}"#, .modern, .modern, .cacheable,
            #"{"tools":[],"ttlMs":0,"resultType":"complete","cacheScope":"private"}"#),
        Row(
            #"{"tools":[],"resultType":"complete"}"#, .modern, .modern, .cacheable,
            #"{"tools":[],"resultType":"complete","ttlMs":0,"cacheScope":"private"}"#),
        Row(#"{"tools":[],"ttlMs":"x"}"#, .legacy, .legacy, .cacheable),
        // Nobody but the house speaks under its prefix.
        Row(
            #"{"_meta":{"dev.gatehouse/outcome":"allowed", "com.example/a": 1 },"content":[]}"#, .legacy, .legacy,
            .plain,
            #"{"_meta":{"com.example/a": 1 },"content":[]}"#),
        Row(#"{"_meta":{"dev.gatehouse/request":"r-1"}}"#, .legacy, .legacy, .plain, #"{"_meta":{}}"#),
        Row("{\"_meta\":{\"dev.gatehouse/\u{301}\":1}}", .legacy, .legacy, .plain, #"{"_meta":{}}"#),
        Row(
            #"{"_meta":{"dev.gatehouse/a":1,"b":2}}"#, .legacy, .modern, .plain,
            #"{"_meta":{"b":2},"resultType":"complete"}"#),
        Row(#"{"resultType":"complete","_meta":{"dev.gatehouse/a":1}}"#, .modern, .legacy, .plain, #"{"_meta":{}}"#),
        Row(#"{"_meta":{"dev\u002egatehouse/a":1}}"#, .legacy, .legacy, .plain, #"{"_meta":{}}"#),
        Row(#"{"_meta":{"dev.gatehouse":1},"dev.gatehouse/a":1}"#, .legacy, .legacy),
        Row(#"{"_meta":"dev.gatehouse/a"}"#, .legacy, .legacy),
    ]

    @Test("only what the eras differ in is touched", arguments: rows)
    func shapes(_ row: Row) throws {
        let shaped = try ResultShape.bytes(try json(row.result), from: row.from, to: row.to, kind: row.kind)
        #expect(text(shaped) == row.expected)
    }

    static let unknownTypes = ["\"input_required\"", "\"task\"", "\"Complete\"", "\"\"", "null", "7", "[\"complete\"]"]

    @Test("a modern result of another type than `complete` is not relayed", arguments: unknownTypes)
    func unknownType(_ type: String) throws {
        let result = try json(#"{"content":[],"resultType":\#(type)}"#)
        for era in [Era.modern, .legacy] {
            #expect(throws: ResultShape.Refusal.unknownResultType) {
                try ResultShape.bytes(result, from: .modern, to: era, kind: .plain)
            }
        }
        let relayed = try ResultShape.bytes(result, from: .modern, to: .modern, kind: .plain, types: .any)
        #expect(relayed == Array(result.bytes))
    }

    @Test("lone surrogates in an upstream's answer stay as received")
    func surrogates() throws {
        let result = try JSON(lenient: Array(#"{"text":"\ud800","resultType":"complete"}"#.utf8))
        #expect(text(try ResultShape.bytes(result, from: .modern, to: .legacy, kind: .plain)) == #"{"text":"\ud800"}"#)
    }
}
