import GatewayTesting
import PolicyEngine
import Testing
import ToolCatalogue
import WireJSON

@testable import Gateway

/// What the things of several servers are called at one endpoint.
@Suite("Names in a stack")
struct StackNameTests {
    static let names: [(String, server: String?, own: String)] = [
        ("git__status", "git", "status"),
        ("git__x__y", "git", "x__y"),
        ("git___status", "git", "_status"),
        ("git____", "git", "__"),
        ("a_b__c", "a_b", "c"),
        ("a__b_c", "a", "b_c"),
        ("git__", nil, ""), ("__status", nil, ""), ("git_status", nil, ""), ("git", nil, ""), ("", nil, ""),
        ("Git__status", nil, ""), ("gi\u{308}t__status", nil, ""), ("*__status", nil, ""), ("git.x__status", nil, ""),
        (" git__status", nil, ""),
    ]

    @Test("a name is read in one way: up to the first `__` the server's, after it the tool's own", arguments: names)
    func split(_ name: String, _ server: String?, _ own: String) {
        let part = Stack.Part(name: Array(name.utf8))
        #expect(part?.server == server)
        #expect(part.map { text($0.name) } == (server == nil ? nil : own))
        if let part { #expect(text(Stack.name(part.name, of: part.server)) == name) }
    }

    static let uris: [(String, server: String?, own: String)] = [
        ("stack:git/file:///a", "git", "file:///a"), ("stack:git/x", "git", "x"), ("stack:git//x", "git", "/x"),
        ("stack:git/stack:aws/x", "git", "stack:aws/x"),
        ("stack:git/", nil, ""), ("stack:git", nil, ""), ("stack:/x", nil, ""), ("stack://git/x", nil, ""),
        ("STACK:git/x", nil, ""), ("file:///a", nil, ""), ("stack:Git/x", nil, ""), ("stack:..//x", nil, ""),
    ]

    @Test("an address is read in one way too", arguments: uris)
    func splitURI(_ uri: String, _ server: String?, _ own: String) {
        let part = Stack.Part(uri: Array(uri.utf8))
        #expect(part?.server == server)
        #expect(part.map { text($0.name) } == (server == nil ? nil : own))
        if let part { #expect(text(Stack.uri(part.name, of: part.server)) == uri) }
    }

    @Test("no server's name has what ends a server's name in a stack: no two servers' tools have one name")
    func slugs() {
        for slug in ["a__b", "a_", "a___", "__", "a-__-b"] { #expect(!Server.isSlug(slug)) }
        for slug in ["a_b", "a-_b", "a_-b", "a_b_c"] { #expect(Server.isSlug(slug)) }
        // Exhaustively, over all slugs and tools of up to three of these characters.
        func words(_ characters: String) -> [String] {
            var all = [""]
            for _ in 0..<3 { all += all.flatMap { word in characters.map { word + String($0) } } }
            return Set(all.filter { !$0.isEmpty }).sorted()
        }
        var found: [[UInt8]: String] = [:]
        for slug in words("a-_").filter(Server.isSlug) {
            for tool in words("a-_") {
                let pair = "\(slug) \(tool)"
                let name = Stack.name(tool.utf8, of: slug)
                #expect(found.updateValue(pair, forKey: name) == nil, "\(pair) has another's name")
                let part = Stack.Part(name: name)
                #expect(part?.server == slug && part.map { text($0.name) } == tool)
            }
        }
    }

    private static func definitions(_ tools: [String]) throws -> Definitions {
        var definitions = Definitions()
        let empty = try JSON(Array("{}".utf8))
        definitions.accept(
            Dictionary(
                uniqueKeysWithValues: tools.compactMap { ToolName($0) }.map {
                    ($0, .init(hash: DefinitionHash(hex: "x"), definition: empty))
                }))
        return definitions
    }

    @Test("a tool's name is never longer than 64 bytes, and finds its tool again")
    func cut() throws {
        for character in ["a", "é", "語", "😀"] {
            let tools = (1...80).map { String(repeating: character, count: $0) }
            for server in ["s", String(repeating: "s", count: 50)] {
                let names = StackNames(try Self.definitions(tools), of: server)
                var seen: Set<[UInt8]> = []
                for tool in tools {
                    let name = try #require(names.name(of: Array(tool.utf8)))
                    #expect(name.count <= 64 && seen.insert(name).inserted, "\(text(name))")
                    #expect(String(validating: name, as: UTF8.self) != nil)
                    let part = try #require(Stack.Part(name: name))
                    #expect(part.server == server)
                    let isCut = server.utf8.count + 2 + tool.utf8.count > 64
                    if isCut { #expect(StackNames.mayBeCut(name)) }
                    #expect(text(names.tool(called: name, part)) == tool)
                }
            }
        }
    }

    @Test("a cut name that a tool has uncut is that tool's, and the cut one has none")
    func lookAlike() throws {
        let long = String(repeating: "a", count: 100)
        let name = StackNames.name(long.utf8, of: "s")
        let part = try #require(Stack.Part(name: name))
        let names = StackNames(try Self.definitions([long, text(part.name)]), of: "s")
        #expect(names.name(of: part.name) == name)
        #expect(names.name(of: Array(long.utf8)) == nil)
        #expect(names.tool(called: name, part) == part.name)
        // What no tool has stays what it is, for policy to judge.
        let none = StackNames(try Self.definitions(["other"]), of: "s")
        #expect(none.tool(called: name, part) == part.name)
    }
}
