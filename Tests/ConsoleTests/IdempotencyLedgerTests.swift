import GatewayStorage
import Testing
import WireJSON

@testable import Console

/// The same key again: the same answer, to the same principal, about the same organisation.
struct IdempotencyLedgerTests {
    private let ledger = IdempotencyLedger()
    private let start = WallTime(milliseconds: 1_790_000_000_000)

    private func key(
        _ text: String, of organisation: String = "org_a", by actor: String = "operator"
    ) throws
        -> IdempotencyLedger.Key
    {
        let organisation = try #require(RecordID(organisation))
        return .init(organisation: organisation, actor: actor, operation: "createGrant", text: text)
    }

    private func word(_ opening: IdempotencyLedger.Opening) -> String {
        switch opening {
        case .first: "first"
        case .again(let answer): "again \(String(decoding: answer.body ?? [], as: UTF8.self))"
        case .open: "open"
        case .other: "other"
        case .full: "full"
        }
    }

    @Test("an answer is given again for the same key, actor, operation, organisation and body, and for no other")
    func bound() throws {
        let own = try key("k")
        #expect(word(ledger.open(own, digest: [1], at: start)) == "first")
        #expect(word(ledger.open(own, digest: [1], at: start)) == "open")
        ledger.close(own, APIAnswer { $0.int(7) })
        #expect(word(ledger.open(own, digest: [1], at: start)) == "again 7")
        #expect(word(ledger.open(own, digest: [2], at: start)) == "other")
        // The operator has one name in every organisation.
        #expect(word(ledger.open(try key("k", of: "org_b"), digest: [1], at: start)) == "first")
        #expect(word(ledger.open(try key("k", by: "token tok_1 x"), digest: [1], at: start)) == "first")
        let later = start.advanced(by: IdempotencyLedger.memory)
        #expect(word(ledger.open(own, digest: [1], at: later)) == "first")
    }

    @Test("an answer is not kept for longer, whosever it is, whatever is asked next")
    func forgotten() throws {
        for organisation in ["org_a", "org_b"] {
            let key = try key("k", of: organisation)
            #expect(word(ledger.open(key, digest: [1], at: start)) == "first")
            ledger.close(key, APIAnswer { $0.string("a token") })
        }
        #expect(word(ledger.open(try key("slow", of: "org_b"), digest: [1], at: start)) == "first")
        ledger.forget(at: start.advanced(by: IdempotencyLedger.memory - .milliseconds(1)))
        #expect(ledger.count == 3)
        let later = start.advanced(by: IdempotencyLedger.memory)
        #expect(word(ledger.open(try key("next", of: "org_c"), digest: [1], at: later)) == "first")
        #expect(ledger.count == 2)
        ledger.close(try key("slow", of: "org_b"), APIAnswer { $0.string("a token") })
        ledger.forget(at: later)
        #expect(ledger.count == 1)
    }

    @Test("a request that has not ended is not begun again, however long it takes")
    func slow() throws {
        let own = try key("k")
        #expect(word(ledger.open(own, digest: [1], at: start)) == "first")
        #expect(word(ledger.open(own, digest: [1], at: start.advanced(by: .seconds(86_400)))) == "open")
        ledger.close(own, nil)
        #expect(word(ledger.open(own, digest: [1], at: start)) == "first")
    }

    @Test("an organisation that uses up its keys uses up nobody else's")
    func bounds() throws {
        for number in 0..<IdempotencyLedger.most {
            let key = try key("k\(number)")
            #expect(word(ledger.open(key, digest: [], at: start)) == "first")
            ledger.close(key, APIAnswer { $0.int(1) })
        }
        #expect(word(ledger.open(try key("one more"), digest: [], at: start)) == "full")
        #expect(word(ledger.open(try key("one more", of: "org_b"), digest: [], at: start)) == "first")
        let later = start.advanced(by: IdempotencyLedger.memory)
        #expect(word(ledger.open(try key("one more"), digest: [], at: later)) == "first")
    }

    @Test("large answers are bounded by their bytes")
    func bytes() throws {
        let large = String(repeating: "x", count: IdempotencyLedger.bytes)
        let own = try key("k")
        #expect(word(ledger.open(own, digest: [], at: start)) == "first")
        ledger.close(own, APIAnswer { $0.string(large) })
        #expect(word(ledger.open(try key("other"), digest: [], at: start)) == "full")
        #expect(word(ledger.open(own, digest: [], at: start)).hasPrefix("again"))
    }

    @Test(
        "the log has no address that lets somebody in",
        arguments: [
            ("/join/ghi_secret", "/join/…"), ("/connect/secret", "/connect/…"), ("//join/ghi_secret", "/join/…"),
            ("/api/v1/servers", "/api/v1/servers"), ("/", "/"), ("", ""),
        ])
    func paths(_ path: String, _ shown: String) { #expect(ConsoleResponder.shown(path) == shown) }
}
