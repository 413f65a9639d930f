import Gateway
import GatewayStorage
import Testing

@testable import gatehouse

/// What `audit list` shows of a call: its decision and its own completion.
struct AuditListingTests {
    static let entries = [
        #"{"kind":"decision","request":"r-1","outcome":"allowed"}"#,
        #"{"kind":"decision","request":"r-2","outcome":"denied"}"#,
        #"{"kind":"decision","request":"r-3","outcome":"allowed"}"#,
        #"{"kind":"decision","request":"r-4","outcome":"allowed"}"#,
        #"{"kind":"completion","request":"r-3","outcome":"completed"}"#,
        "not json",
        #"{"kind":"completion","request":"r-1","outcome":"failed"}"#,
    ]

    @Test("a call that was sent is listed with its own completion, if it has one")
    func completions() async throws {
        let audit = MemoryAudit()
        var chain = AuditChain(head: nil)
        try await audit.append(Self.entries.map { chain.seal(Array($0.utf8)) })
        let decisions = try await audit.search(AuditFilter(kind: "decision"))
        let listed = AuditListing.json(try await AuditListing.of(decisions, in: audit))
        #expect(
            listed == """
                [{"sequence":4,"request":"r-4","outcome":"allowed"},\
                {"sequence":3,"request":"r-3","outcome":"allowed",\
                "completion":{"kind":"completion","request":"r-3","outcome":"completed"}},\
                {"sequence":2,"request":"r-2","outcome":"denied"},\
                {"sequence":1,"request":"r-1","outcome":"allowed",\
                "completion":{"kind":"completion","request":"r-1","outcome":"failed"}}]
                """)
    }
}
