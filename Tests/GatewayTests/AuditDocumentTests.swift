import Foundation
import Gateway
import GatewayStorage
import Testing

/// Docs/Audit.md names every word the audit uses.
@Suite("The audit's document")
struct AuditDocumentTests {
    static let document: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "Docs/Audit.md"), encoding: .utf8)) ?? ""
    }()

    @Test("names every reason for which a request is refused", arguments: RefusalReason.allCases)
    func reasons(_ reason: RefusalReason) {
        let words = Self.document.replacing("\n", with: " ")
        #expect(words.contains("`\(reason.rawValue)`"))
    }

    @Test("names every ending of a call that was sent")
    func endings() {
        for word in ["completed", "tool_error", "error", "failed", "cancelled", "input_required"] {
            #expect(Self.document.contains("`\(word)`"), "\(word)")
        }
    }
}
