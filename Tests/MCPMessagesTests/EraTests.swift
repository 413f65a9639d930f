import MCPMessages
import Testing

/// Which of the two shapes a message belongs to (revision 2026-07-28, "Versioning and Compatibility").
@Suite("Eras")
struct EraTests {
    static let versions: [(String, isModern: Bool)] = [
        ("2026-07-28", true), ("2026-07-29", true), ("2025-11-26", true), ("2027-01-01", true), ("9999-99-99", true),
        ("2025-11-25", false), ("2025-06-18", false), ("2025-03-26", false), ("2024-11-05", false),
        ("0000-00-00", false),
        ("", false), ("2026-7-28", false), ("2026-07-28 ", false), ("2026/07/28", false), ("DRAFT-2026", false),
        ("2026-07-2８", false), ("x026-07-28", false), ("2026-07-281", false),
    ]

    @Test("a date after the last handshake revision names the stateless shape", arguments: versions)
    func names(_ version: String, isModern: Bool) {
        #expect(ProtocolVersion.namesModern(version) == isModern)
    }

    static let negotiations: [(String?, String)] = [
        ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"),
        // Never offered, unknown, or not to be begun with `initialize`: the newest with a handshake.
        ("2024-11-05", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("2030-01-01", "2025-11-25"), ("", "2025-11-25"),
        ("2025-06-18 ", "2025-11-25"), (nil, "2025-11-25"),
    ]

    @Test(
        "`initialize` is answered with what was asked for where it is offered, else the newest", arguments: negotiations
    )
    func negotiates(_ requested: String?, _ agreed: String) {
        #expect(ProtocolVersion.negotiated(requested: requested).rawValue == agreed)
    }

    @Test("revisions are ordered by date, and only the last is modern")
    func order() {
        #expect(ProtocolVersion.allCases.sorted() == ProtocolVersion.allCases)
        #expect(ProtocolVersion.allCases.filter { $0.era == .modern } == [.modern])
        #expect(ProtocolVersion.newestLegacy == ProtocolVersion.allCases.filter { $0.era == .legacy }.max())
        #expect(!ProtocolVersion.offeredLegacy.contains(.v2024_11_05))
    }

    static let version = RequestMetadata.protocolVersionKey
    static let capabilities = RequestMetadata.clientCapabilitiesKey
    static let placements: [(headers: [String]?, meta: String, isModern: Bool)] = [
        ([], "{}", false), (["2025-06-18"], "{}", false), (["2025-06-18"], #"{"progressToken":1}"#, false),
        (["2026-07-28"], "{}", true), (["2027-01-01"], "{}", true), (["2025-06-18", "2026-07-28"], "{}", true),
        // Any part of the envelope, whatever the header says: no way round the modern checks.
        (["2025-06-18"], "{\"\(version)\":\"2026-07-28\"}", true), ([], "{\"\(version)\":\"2025-06-18\"}", true),
        ([], "{\"\(version)\":null}", true), ([], "{\"\(capabilities)\":{}}", true),
        (nil, "{\"\(capabilities)\":7}", true),
        (nil, "{}", false), (nil, "7", false),
    ]

    @Test("a modern header or any part of the envelope leads to the modern checks", arguments: placements)
    func placement(_ headers: [String]?, _ meta: String, isModern: Bool) throws {
        let request = try request(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":\#(meta)}}"#)
        #expect(
            ModernLadder.applies(
                headers: headers.map { MirroredHeaders(protocolVersion: $0) }, metadata: RequestMetadata(request.params)
            )
                == isModern)
    }

    static let notifications: [(version: [String], method: [String], code: Int?)] = [
        (["2026-07-28"], [], nil), (["2026-07-28"], ["notifications/cancelled"], nil),
        (["2026-07-28"], ["tools/call"], -32020), (["2026-07-28"], ["notifications/cancelled", "x"], -32020),
        ([], [], -32020), (["2026-07-28", "2026-07-28"], [], -32020), (["2027-01-01"], [], -32022),
        (["2025-11-25"], [], -32022),
    ]

    @Test(
        "a modern notification names a version that is served and does not contradict itself", arguments: notifications)
    func notification(_ version: [String], _ method: [String], code: Int?) throws {
        let notice = try MCPMessagesTests.notification(#"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#)
        let headers = MirroredHeaders(protocolVersion: version, method: method)
        var refused: Int?
        do { try ModernLadder.check(notice, headers: headers) } catch { refused = error.code.rawValue }
        #expect(refused == code)
    }

    static let statuses = [
        (-32700, 400), (-32600, 400), (-32602, 400), (-32020, 400), (-32021, 400), (-32022, 400), (-32601, 404),
        (-32603, 200), (-32002, 200), (-32042, 200), (1, 200), (0, 200),
    ]

    @Test("a code's status on the modern wire", arguments: statuses)
    func status(_ code: Int, _ status: Int) {
        #expect(RPCError.modernStatus(code: code) == status)
    }
}
