import Gateway
import MCPMessages
import NIOCore
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// One probe at a time, one handshake per principal at a time, and everybody who waits is called once.
@Suite("Agreement ledger")
struct AgreementLedgerTests {
    /// What a step came to, without what it carries.
    enum Kind: Equatable {
        case goModern
        case go(String)
        case wait
        case probe
        case initialize
        case refuse(UpstreamFailure.Kind)
    }

    private static func step(
        _ ledger: inout AgreementLedger, _ principal: String = "alice", _ era: Era = .modern,
        _ calls: HTTPCallCounter = HTTPCallCounter()
    ) -> Kind {
        let scope = UpstreamScope(principal: principal, clientEra: era)
        switch ledger.step(for: scope, waiter: { { _ in calls.add() } }) {
        case .go(.modern): return .goModern
        case .go(.legacy(let session)): return .go(String(decoding: session.id ?? [], as: UTF8.self))
        case .go(.opening): return .go("opening")
        case .wait: return .wait
        case .probe: return .probe
        case .initialize: return .initialize
        case .refuse(let failure): return .refuse(failure.kind)
        }
    }

    private static func scope(_ principal: String) -> UpstreamScope {
        UpstreamScope(principal: principal, clientEra: .modern)
    }

    private static func session(_ id: String) throws -> Session {
        let description = UpstreamDescription(version: .v2025_11_25, result: try JSON(Array("{}".utf8)))
        return try #require(Session(version: .v2025_11_25, description: description, id: Array(id.utf8)))
    }

    private static func legacyLedger() -> AgreementLedger {
        var ledger = AgreementLedger(followsClientEra: false)
        _ = step(&ledger)
        _ = ledger.probed(.legacy(refusal: nil, inDoubt: false))
        return ledger
    }

    @Test("the first to ask probes, the others wait, and all are called when it is over")
    func probesOnce() {
        var ledger = AgreementLedger(followsClientEra: false)
        let calls = HTTPCallCounter()
        #expect(Self.step(&ledger, "alice", .modern, calls) == .probe)
        #expect(Self.step(&ledger, "bob", .modern, calls) == .wait)
        #expect(Self.step(&ledger, "alice", .modern, calls) == .wait)
        for waiter in ledger.probed(.modern(nil, since: .now())) { waiter(nil) }
        #expect(calls.count == 3)
        #expect(Self.step(&ledger) == .goModern)
        #expect(Self.step(&ledger, "bob") == .goModern)
    }

    @Test("a probe that found nothing out leaves the next to probe again")
    func probesAgain() {
        var ledger = AgreementLedger(followsClientEra: false)
        _ = Self.step(&ledger)
        #expect(ledger.probed(nil).count == 1)
        #expect(Self.step(&ledger) == .probe)
    }

    @Test("each principal opens one session, and is not given another's")
    func opensOneSessionEach() throws {
        var ledger = Self.legacyLedger()
        #expect(Self.step(&ledger, "alice") == .initialize)
        #expect(Self.step(&ledger, "alice") == .wait)
        #expect(Self.step(&ledger, "bob") == .initialize)
        #expect(ledger.opened(try Self.session("a"), for: Self.scope("alice")).count == 2)
        #expect(Self.step(&ledger, "alice") == .go("a"))
        #expect(Self.step(&ledger, "bob") == .wait)
    }

    @Test("principals are told apart by every byte of their names")
    func tellsPrincipalsApart() throws {
        var ledger = Self.legacyLedger()
        // The same text to Swift's `==`, composed and decomposed.
        #expect(Self.step(&ledger, "caf\u{E9}") == .initialize)
        _ = ledger.opened(try Self.session("composed"), for: Self.scope("caf\u{E9}"))
        #expect(Self.step(&ledger, "cafe\u{301}") == .initialize)
    }

    @Test("a session that was lost is opened anew once, however many met the loss")
    func replacesOnce() throws {
        var ledger = Self.legacyLedger()
        _ = Self.step(&ledger)
        let first = try Self.session("first")
        _ = ledger.opened(first, for: Self.scope("alice"))
        ledger.lost(first, of: Self.scope("alice"))
        #expect(Self.step(&ledger) == .initialize)
        _ = ledger.opened(try Self.session("second"), for: Self.scope("alice"))
        ledger.lost(first, of: Self.scope("alice"))
        #expect(Self.step(&ledger) == .go("second"))
    }

    @Test("a handshake that failed has the server probed anew")
    func doubtsAfterFailedHandshakes() {
        var ledger = Self.legacyLedger()
        _ = Self.step(&ledger)
        let (canGoOn, waiters) = ledger.couldNotOpen(
            for: Self.scope("alice"), .none, at: .now())
        #expect(!canGoOn)
        #expect(waiters.count == 1)
        #expect(Self.step(&ledger) == .probe)
    }

    @Test("a legacy server in doubt that refuses initialize is modern")
    func resolvesDoubt() {
        var ledger = AgreementLedger(followsClientEra: false)
        _ = Self.step(&ledger)
        _ = ledger.probed(.legacy(refusal: nil, inDoubt: true))
        #expect(Self.step(&ledger) == .initialize)
        #expect(
            ledger.couldNotOpen(for: Self.scope("alice"), .error, at: .now()).canGoOn)
        #expect(Self.step(&ledger) == .goModern)
    }

    @Test("sessions survive a doubt about the era, and those of legacy clients a server that turns out modern too")
    func keepsSessionsThroughDoubt() throws {
        var ledger = Self.legacyLedger()
        _ = Self.step(&ledger)
        _ = ledger.opened(try Self.session("a"), for: Self.scope("alice"))
        ledger.forgetStanding()
        #expect(Self.step(&ledger) == .probe)
        _ = ledger.probed(.legacy(refusal: nil, inDoubt: false))
        #expect(Self.step(&ledger) == .go("a"))
        ledger.forgetStanding()
        _ = Self.step(&ledger)
        _ = ledger.probed(.modern(nil, since: .now()))
        #expect(Self.step(&ledger) == .goModern)
        #expect(Self.step(&ledger, "alice", .legacy) == .go("a"))
    }

    @Test("a legacy client is greeted for before anything is probed, and refused, goes on as the server is")
    func servesLegacyClientsInTheirEra() throws {
        for found in [AgreementLedger.Standing.modern(nil, since: .now()), .legacy(refusal: nil, inDoubt: false)] {
            var ledger = AgreementLedger(followsClientEra: false)
            let bob = Self.scope("bob")
            #expect(Self.step(&ledger, "bob", .legacy) == .initialize)
            let legacyBob = UpstreamScope(principal: "bob", clientEra: .legacy)
            #expect(ledger.couldNotOpen(for: legacyBob, .error, at: .now()).canGoOn)
            #expect(Self.step(&ledger, "bob", .legacy) == .probe)
            _ = ledger.probed(found)
            if case .modern = found {
                #expect(Self.step(&ledger, "bob", .legacy) == .goModern)
                continue
            }
            // Neither way: it fails, and the next to come begins at the beginning.
            #expect(Self.step(&ledger, "bob", .legacy) == .initialize)
            #expect(!ledger.couldNotOpen(for: bob, .error, at: .now()).canGoOn)
            #expect(Self.step(&ledger, "bob", .legacy) == .initialize)
        }
    }

    @Test("a description is asked for again when it is old")
    func forgetsDescriptions() throws {
        var ledger = AgreementLedger(followsClientEra: false)
        _ = Self.step(&ledger)
        let now = NIODeadline.now()
        let description = UpstreamDescription(version: .modern, result: try JSON(Array("{}".utf8)))
        _ = ledger.probed(.modern(description, since: now))
        ledger.forgetDescription(olderThan: .seconds(60), at: now + .seconds(59))
        #expect(Self.step(&ledger) == .goModern)
        ledger.forgetDescription(olderThan: .seconds(60), at: now + .seconds(60))
        #expect(Self.step(&ledger) == .probe)
    }

    @Test("sessions are bounded: the one unused longest is forgotten")
    func boundsSessions() throws {
        var ledger = Self.legacyLedger()
        for number in 0...HTTPLimits.sessions {
            _ = Self.step(&ledger, "principal-\(number)")
            _ = ledger.opened(try Self.session("\(number)"), for: Self.scope("principal-\(number)"))
            _ = Self.step(&ledger, "principal-0")
        }
        #expect(Self.step(&ledger, "principal-0") == .go("0"))
        #expect(Self.step(&ledger, "principal-1") == .initialize)
        #expect(Self.step(&ledger, "principal-2") == .go("2"))
    }

    @Test("those who wait are bounded, and the next is turned away")
    func boundsWaiters() {
        var ledger = AgreementLedger(followsClientEra: false)
        for _ in 0..<HTTPLimits.handshakeWaiters { _ = Self.step(&ledger) }
        #expect(Self.step(&ledger) == .refuse(.busy))
        #expect(ledger.probed(nil).count == HTTPLimits.handshakeWaiters)
        #expect(Self.step(&ledger) == .probe)
    }

    @Test("closing calls everybody who waits and hands out the sessions to end")
    func closes() throws {
        var ledger = Self.legacyLedger()
        _ = Self.step(&ledger, "alice")
        _ = ledger.opened(try Self.session("a"), for: Self.scope("alice"))
        _ = Self.step(&ledger, "bob")
        let (waiters, sessions) = ledger.close()
        #expect(waiters.count == 1)
        #expect(sessions.count == 1)
        #expect(Self.step(&ledger, "alice") == .refuse(.closed))
        #expect(ledger.opened(try Self.session("b"), for: Self.scope("bob")).isEmpty)
        #expect(ledger.probed(.modern(nil, since: .now())).isEmpty)
        #expect(Self.step(&ledger, "bob") == .refuse(.closed))
    }
}

/// Counts, from anywhere.
final class HTTPCallCounter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}
