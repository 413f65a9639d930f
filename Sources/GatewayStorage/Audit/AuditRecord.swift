/// One link of the audit chain, as it is stored: the entry and the two hashes that tie it to its neighbours.
///
/// A store neither computes nor checks `hash`; it refuses a record that does not follow the last one and returns every
/// record exactly as it was given, so that a verifier finds what was changed, removed or put in.
public struct AuditRecord: Sendable, Equatable {
    /// Length in bytes of `previous` and `hash` (SHA-256).
    public static let hashLength = 32

    /// Position in the chain: 1 for the first record, then without gaps.
    public let sequence: Int64
    /// The `hash` of the record before; what stands in the first record is the chain's affair.
    public let previous: [UInt8]
    /// The hash over this record.
    public let hash: [UInt8]
    /// The entry: compact JSON, UTF-8. Searched by its members `kind`, `time` (milliseconds since the epoch),
    /// `request`, `organisation`, `server`, `tool`, `grant`, `outcome` and `rule`.
    public let entry: [UInt8]

    public init(sequence: Int64, previous: [UInt8], hash: [UInt8], entry: [UInt8]) {
        precondition(
            previous.count == Self.hashLength && hash.count == Self.hashLength,
            "an audit record's hashes are \(Self.hashLength) bytes long"
        )
        self.init(asStored: sequence, previous: previous, hash: hash, entry: entry)
    }

    /// A record as a file holds it, which may have been tampered with: hashes of any length.
    public init(asStored sequence: Int64, previous: [UInt8], hash: [UInt8], entry: [UInt8]) {
        self.sequence = sequence
        self.previous = previous
        self.hash = hash
        self.entry = entry
    }
}

/// The last link of a chain: what the next record has to follow.
public struct AuditHead: Sendable, Equatable {
    public let sequence: Int64
    public let hash: [UInt8]

    public init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

    public init(_ record: AuditRecord) {
        self.init(sequence: record.sequence, hash: record.hash)
    }
}
