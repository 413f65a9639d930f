import GatewayTesting
import MCPMessages
import Testing
import WireJSON

@testable import Gateway

/// The gateway's own cursors.
@Suite("A stack's cursors")
struct StackCursorTests {
    private let seal = StackCursorSeal()
    private let cursor = StackCursor(next: [("git", .after(Array(#""a\u0041""#.utf8))), ("aws", .start)])

    @Test("a cursor brings each server's own back byte for byte, and says nothing of it on the way")
    func whole() throws {
        let sealed = try #require(seal.seal(cursor, of: .tools, for: "grant:a"))
        let opened = try #require(seal.open(Array(sealed.utf8), of: .tools, for: "grant:a"))
        #expect(opened.next.map(\.server) == ["git", "aws"])
        #expect(opened.next.map(\.place) == [.after(Array(#""a\u0041""#.utf8)), .start])
        #expect(!sealed.contains("git"))
        #expect(sealed != seal.seal(cursor, of: .tools, for: "grant:a"))
    }

    @Test("a cursor of another principal, another list or another run, or one that was changed, is none")
    func foreign() throws {
        let sealed = Array(try #require(seal.seal(cursor, of: .tools, for: "grant:a")).utf8)
        #expect(seal.open(sealed, of: .tools, for: "grant:b") == nil)
        #expect(seal.open(sealed, of: .prompts, for: "grant:a") == nil)
        #expect(StackCursorSeal().open(sealed, of: .tools, for: "grant:a") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(seal.open(changed, of: .tools, for: "grant:a") == nil)
        }
        for other in ["", "0", "e30", #"{"git":"x"}"#] {
            #expect(seal.open(Array(other.utf8), of: .tools, for: "grant:a") == nil)
        }
        #expect(seal.open(sealed + sealed, of: .tools, for: "grant:a") == nil)
    }

    @Test("a server's cursor that is too long to be carried is not")
    func long() {
        let long = StackCursor(
            next: [("git", .after(Array("\"\(String(repeating: "x", count: GatewayLimits.stackCursorBytes))\"".utf8)))])
        #expect(seal.seal(long, of: .tools, for: "grant:a") == nil)
    }
}
