import Foundation
import GatewayStorage
import WireJSON

/// One call as listed: its decision and, where it was sent, its completion.
struct AuditListing {
    let sequence: Int64
    private let decision: JSON?
    private var completion: JSON?

    private init(_ record: AuditRecord) {
        sequence = record.sequence
        decision = try? JSON(lenient: record.entry)
    }

    /// The request id, as bytes, of a call that was sent.
    private var sentRequest: [UInt8]? {
        guard decision?["outcome"]?.hasText("allowed") ?? false else { return nil }
        return decision?["request"]?.utf8
    }

    /// The calls that were decided so, each with its completion; in the order given.
    ///
    /// A completion stands after its decision, mostly a few records after: the chain is read from the oldest decision
    /// on, until all that were sent are complete or it ends.
    ///
    /// - Parameter most: how many pages of records are looked at for completions.
    static func of(
        _ decisions: [AuditRecord], in audit: some AuditReader, most: Int = .max
    ) async throws(StorageError) -> [AuditListing] {
        var entries = decisions.map { AuditListing($0) }
        var open: [[UInt8]: Int] = [:]
        for (index, entry) in entries.enumerated() {
            if let request = entry.sentRequest { open[request] = index }
        }
        var read = (decisions.map(\.sequence).min() ?? 1) - 1
        var pages = 0
        while !open.isEmpty, pages < most {
            pages += 1
            let records = try await audit.records(after: read, limit: page)
            for record in records {
                guard let entry = try? JSON(lenient: record.entry), entry["kind"]?.hasText("completion") ?? false,
                    let request = entry["request"]?.utf8, let index = open.removeValue(forKey: request)
                else { continue }
                entries[index].completion = entry
            }
            guard let last = records.last else { break }
            read = last.sequence
        }
        return entries
    }

    /// Records read at a time.
    private static let page = 1000

    static func json(_ entries: [AuditListing]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for entry in entries { entry.write(to: &writer) }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("sequence")
        writer.int(sequence)
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// The call without its place in the chain.
    func object() -> [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.object { writeMembers(to: &$0) }
        return writer.bytes
    }

    private func writeMembers(to writer: inout JSONWriter) {
        if let decision {
            for (key, value) in decision.members where !key.equals("kind") {
                writer.key(key.string)
                writer.raw(value.bytes)
            }
        }
        if let completion {
            writer.key("completion")
            writer.raw(completion.bytes)
        }
    }

    static func table(_ entries: [AuditListing]) -> String {
        guard !entries.isEmpty else { return "no calls" }
        let head = ["time", "outcome", "server", "tool", "grant", "detail"]
        let rows = [head] + entries.map(\.columns)
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { text, width in text.padding(toLength: width, withPad: " ", startingAt: 0) }
                .joined(separator: "  ").trimmingTrailingSpaces
        }.joined(separator: "\n")
    }

    private var columns: [String] {
        func text(_ key: String) -> String { Self.shown(decision?[key]?.string ?? "") }
        let time = decision?["time"]?.int.map { milliseconds in
            Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
        }
        let ending = completion.flatMap { $0["outcome"]?.string }
        let detail = [text("rule"), text("reason"), text("message")].filter { !$0.isEmpty }.joined(separator: " ")
        return [
            time ?? "?", text("outcome") + (ending.map { " (\($0))" } ?? ""), text("server"),
            text("tool").isEmpty ? text("method") : text("tool"), text("grant"), detail,
        ]
    }

    private static func shown(_ text: String) -> String { TerminalText.line(text, limit: 120) }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
