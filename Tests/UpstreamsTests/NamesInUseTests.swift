import Gateway
import MCPMessages
import Testing

@testable import Upstreams

/// What requests go by towards a server.
@Suite("Names of requests")
struct NamesInUseTests {
    private static let own = NamesInUse.firstOwn + 5

    @Test("a client's id and token are kept while nothing else is open under them")
    func keeps() {
        var names = NamesInUse()
        let wanted = RequestNames(id: .integer(2), progressToken: .text(Array("p".utf8)))
        let first = names.claim(wanted, wantsProgress: true, number: Self.own)
        #expect(first.id == .integer(2) && first.token == .text(Array("p".utf8)))
        #expect(names.number(ofID: .integer(2)) == Self.own)
        #expect(names.number(ofToken: .text(Array("p".utf8))) == Self.own)
        let second = names.claim(wanted, wantsProgress: true, number: Self.own + 1)
        #expect(second == NamesInUse.Claimed(number: Self.own + 1, wantsProgress: true))
        names.release(second)
        #expect(names.number(ofID: .integer(2)) == Self.own, "another's end frees nothing of the first's")
        names.release(first)
        #expect(names.claim(wanted, wantsProgress: true, number: Self.own + 2).id == .integer(2))
    }

    @Test("the number 1 and the text 1 are two ids")
    func kinds() {
        var names = NamesInUse()
        _ = names.claim(RequestNames(id: .integer(1)), wantsProgress: false, number: Self.own)
        let text = names.claim(RequestNames(id: .text(Array("1".utf8))), wantsProgress: false, number: Self.own + 1)
        #expect(text.id == .text(Array("1".utf8)))
    }

    @Test("a client's integer that could be the house's own is not kept, and the house's own are found without a claim")
    func own() {
        var names = NamesInUse()
        let claimed = names.claim(RequestNames(id: .integer(Self.own + 9)), wantsProgress: false, number: Self.own)
        #expect(claimed.id == .integer(Self.own))
        #expect(names.number(ofID: .integer(Self.own)) == Self.own)
        #expect(names.number(ofID: .integer(3)) == nil)
    }

    @Test("a name whose request was given up is not given out again, and there is a bound to those")
    func burns() {
        var names = NamesInUse()
        for id in 0..<2000 {
            let claimed = names.claim(RequestNames(id: .integer(id)), wantsProgress: false, number: Self.own + id)
            #expect((claimed.id == .integer(id)) == (id < 1024))
            names.burn(claimed)
        }
        #expect(
            names.claim(RequestNames(id: .integer(3)), wantsProgress: false, number: Self.own).id == .integer(Self.own))
    }

    @Test("a progress token that is never given out again counts too, whatever its request's id was")
    func burnsTokens() {
        var names = NamesInUse()
        for number in 0..<5000 {
            // The id is taken, so that only the token is the client's own.
            let taken = RequestNames(id: .integer(Self.own + 1), progressToken: .text(Array("t\(number)".utf8)))
            names.burn(names.claim(taken, wantsProgress: true, number: Self.own + number))
        }
        #expect(names.count == ConversationLimits.burntNames)
        let next = RequestNames(id: .integer(1), progressToken: .text(Array("new".utf8)))
        #expect(
            names.claim(next, wantsProgress: true, number: Self.own)
                == NamesInUse.Claimed(number: Self.own, wantsProgress: true))
    }
}
