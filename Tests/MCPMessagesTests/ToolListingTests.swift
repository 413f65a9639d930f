import MCPMessages
import Testing
import WireJSON

@Suite("Tool listing")
struct ToolListingTests {
    @Test(
        "what is no list of tools is none",
        arguments: ["{}", #"{"tools":null}"#, #"{"tools":{}}"#, #"{"Tools":[]}"#, "[]"])
    func none(_ result: String) throws {
        #expect(ToolListing(try json(result)) == nil)
    }

    static let page =
        #"{ "tools" : [ {"name":"a", "x":1.0} , {"name":7} ,{"n\u0061me":"b"}, 5 ], "nextCursor":"2", "y": [ ] }"#

    @Test("each definition is known by its name's bytes, a nameless one by none")
    func names() throws {
        let listing = try #require(ToolListing(try json(Self.page)))
        #expect(listing.definitions.map { $0.name.map(text) } == ["a", nil, "b", nil])
    }

    static let kept: [(Set<String>, String)] = [
        (["a", "b"], #"{ "tools" : [ {"name":"a", "x":1.0} ,{"n\u0061me":"b"} ], "nextCursor":"2", "y": [ ] }"#),
        (["b"], #"{ "tools" : [ {"n\u0061me":"b"} ], "nextCursor":"2", "y": [ ] }"#),
        ([], #"{ "tools" : [  ], "nextCursor":"2", "y": [ ] }"#),
    ]

    @Test("what is not shown goes with its comma, the rest stays byte for byte", arguments: kept)
    func keeping(_ names: Set<String>, _ expected: String) throws {
        let listing = try #require(ToolListing(try json(Self.page)))
        let splice = listing.keeping { name, _ in name.map { names.contains(text($0)) } ?? false }
        #expect(try JSON(splice.apply()).isEqual(to: try json(expected)))
        #expect(text(splice.apply()).filter { $0 != " " } == expected.filter { $0 != " " })
    }

    static let cursors: [(String, String?)] = [
        (#""nextCursor":"x""#, "\"x\""), (#""nextCursor":"""#, "\"\""), (#""nextCursor":null"#, nil), (#""a":1"#, nil),
        (#""nextCursor":5"#, nil),
    ]

    @Test("a page goes on where it names a cursor; an empty text is one", arguments: cursors)
    func cursor(_ member: String, _ expected: String?) throws {
        let listing = try #require(ToolListing(try json(#"{"tools":[],\#(member)}"#)))
        #expect(listing.nextCursor.map { text($0.bytes) } == expected)
    }
}
