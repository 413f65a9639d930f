internal import Crypto
public import GatewayStorage

/// The hash chain over the audit's records: each record's hash covers its number, the hash before it and its bytes.
///
/// hash = SHA-256("gatehouse-audit-1" ‖ previous (32) ‖ sequence (8, big endian) ‖ entry). The first record's previous is
/// 32 zero bytes. Changing, removing or reordering a record breaks every later link; cutting the end off is found by
/// comparing with a head that was noted elsewhere.
public struct AuditChain: Sendable {
    private static let domain = Array("gatehouse-audit-1".utf8)
    static let beginning = [UInt8](repeating: 0, count: 32)

    public private(set) var head: AuditHead?

    public init(head: AuditHead?) { self.head = head }

    /// Makes the next record.
    public mutating func seal(_ entry: [UInt8]) -> AuditRecord {
        let sequence = (head?.sequence ?? 0) + 1
        let previous = head?.hash ?? Self.beginning
        let hash = Self.hash(sequence: sequence, previous: previous, entry: entry)
        head = AuditHead(sequence: sequence, hash: hash)
        return AuditRecord(sequence: sequence, previous: previous, hash: hash, entry: entry)
    }

    /// Checks the next record read back; nil when it is the link it should be.
    public mutating func verify(_ record: AuditRecord) -> AuditFault? {
        let expected = (head?.sequence ?? 0) + 1
        guard record.sequence == expected else {
            return record.sequence > expected
                ? .missing(from: expected, to: record.sequence - 1) : .outOfOrder(record.sequence)
        }
        guard record.previous == head?.hash ?? Self.beginning else { return .brokenLink(record.sequence) }
        let hash = Self.hash(sequence: record.sequence, previous: record.previous, entry: record.entry)
        guard hash == record.hash else { return .changed(record.sequence) }
        head = AuditHead(sequence: record.sequence, hash: hash)
        return nil
    }

    private static func hash(sequence: Int64, previous: [UInt8], entry: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        domain.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        previous.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        withUnsafeBytes(of: sequence.bigEndian) { hasher.update(bufferPointer: $0) }
        entry.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { Array($0) }
    }
}

/// What is wrong with an audit, and where.
public enum AuditFault: Sendable, Equatable {
    case changed(Int64)
    case brokenLink(Int64)
    case outOfOrder(Int64)
    case missing(from: Int64, to: Int64)
    /// The noted head is not in the chain.
    case headNotFound(Int64)
}
