public import GatewayStorage

/// Audit entries and chains to try a store with. The hashes are numbers, not hashes: a store does not look into them.
public enum SampleAudit {
    public static let start = WallTime(milliseconds: 1_773_453_566_535)
    /// Milliseconds between two entries.
    public static let step: Int64 = 250

    /// Entries come in pairs, a decision and its completion: of two organisations, with a server of 3, a tool of 5, every
    /// seventh denied.
    public static func entry(_ number: Int) -> [UInt8] {
        let call = number / 2
        let name = String(call)
        let request = "r-" + String(repeating: "0", count: max(0, 4 - name.count)) + name
        let tool = call % 5 == 0 ? "caf\u{E9}" : "tool-\(call % 5)"
        let outcome = number % 2 == 1 ? "completed" : call % 7 == 0 ? "denied" : "allowed"
        return Array(
            """
            {"kind":"\(number % 2 == 0 ? "decision" : "completion")","time":\(start.milliseconds + Int64(number) * step),\
            "request":"\(request)","organisation":"org-\(call % 2)","server":"server-\(call % 3)","tool":"\(tool)","grant":"laptop","outcome":"\(outcome)"}
            """.utf8)
    }

    /// A hash that is a number.
    public static func hash(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) } + [UInt8](repeating: 0, count: 24)
    }

    /// The record that follows `head`.
    public static func next(after head: AuditHead?, _ entry: [UInt8]) -> AuditRecord {
        let sequence = (head?.sequence ?? 0) + 1
        return AuditRecord(sequence: sequence, previous: head?.hash ?? hash(0), hash: hash(sequence), entry: entry)
    }

    /// A chain from its first record on.
    public static func chain(_ entries: [[UInt8]]) -> [AuditRecord] {
        var head: AuditHead?
        return entries.map { entry in
            let record = next(after: head, entry)
            head = AuditHead(record)
            return record
        }
    }
}
