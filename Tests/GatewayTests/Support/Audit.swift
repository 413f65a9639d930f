import GatewayTesting
import MCPMessages
import Testing
import WireJSON

/// The audit a line left behind.
struct Audit: Sendable {
    let entries: [JSON]

    var decisions: [JSON] { entries.filter { $0["kind"]?.string == "decision" } }
    var completions: [JSON] { entries.filter { $0["kind"]?.string == "completion" } }

    /// Each decision in words: `allowed echo`, `refused (malformed JSON)`, `denied read /tools/read/deny_if/0`.
    var words: [String] {
        decisions.map { decision in
            let reason = decision["reason"]?.string.map { "(\($0))" } ?? decision["rule"]?.string
            return [decision["outcome"]?.string, decision["tool"]?.string, reason].compactMap(\.self).joined(
                separator: " ")
        }
    }

    /// Each completion's outcome.
    var endings: [String] { completions.map { $0["outcome"]?.string ?? "" } }

    /// What every audit must be: one decision a request, before anything else of it, and one completion for each that was
    /// let through.
    func expectWhole() {
        var open: Set<String> = []
        var seen: Set<String> = []
        for entry in entries {
            let request = entry["request"]?.string ?? ""
            if entry["kind"]?.string == "decision" {
                #expect(seen.insert(request).inserted, "\(request) has two decisions")
                if entry["outcome"]?.string == "allowed" { open.insert(request) }
            } else {
                #expect(open.remove(request) != nil, "\(request) has a completion of nothing that is open")
            }
        }
        #expect(open.isEmpty, "\(open) were let through and have no completion")
    }
}

/// Runs a line; what it leaves behind is a whole audit, and nothing reached the upstream that was not let through.
@discardableResult
func withLine(
    _ setup: RunningLine.Setup, _ body: (RunningLine) async throws -> Void
) async throws -> Audit {
    let audit = Audit(entries: try await RunningLine.with(setup, body))
    audit.expectWhole()
    let allowed = audit.decisions.filter { $0["outcome"]?.string == "allowed" }
    let arrived = setup.upstream.calls.value.count
    #expect(arrived <= allowed.count, "\(arrived) calls arrived, \(allowed.count) were let through")
    return audit
}

/// Runs a line under an enforced policy, with both eras' clients in turn.
@discardableResult
func withClient(
    _ era: Era, _ setup: RunningLine.Setup, _ body: (LineClient) async throws -> Void
) async throws -> Audit {
    try await withLine(setup) { try await body(LineClient($0, era)) }
}

/// Bytes as text, for comparisons people read.
func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

let bothEras: [Era] = [.modern, .legacy]
