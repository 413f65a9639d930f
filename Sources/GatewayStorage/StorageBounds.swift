/// Every bound of the storage ports and of the process-side bookkeeping over them, in one place.
public enum StorageBounds {
    /// Counters a ledger remembers at once; beyond that the least recently used one is given back and forgotten.
    public static let countersInMemory = 65_536

    /// Calls that may wait for a block another call is fetching; beyond that a charge fails with `overloaded`.
    public static let waitingCalls = 4_096

    /// Unused amounts kept for the next trip to the store; beyond that they are left to lapse with their window.
    public static let pendingReturns = 1_024

    /// Unused amounts that go along with one reservation or are given back in one transaction.
    public static let returnsPerTransaction = 64

    /// How long an exhausted counter is refused from memory before the store is asked again.
    public static let refusalMemory = Duration.milliseconds(250)

    /// A block is at most this part of the limit: what a crash may over-count.
    public static let blockFraction: Int64 = 64

    /// A block is at most this many calls like the one it is reserved for.
    public static let callsPerBlock: Int64 = 1_024

    /// A block is at most this part of the room that is left, so that near its end a limit is shared out call by call.
    public static let roomFraction: Int64 = 8

    /// The largest limit in millionths; a larger one counts as this. Two windows' sums then fit an `Int64`.
    public static let largestLimit: Int64 = 1 << 61

    /// Audit records or search results returned at once, whatever a caller asks for.
    public static let recordsPerPage = 10_000

    /// Audit records a ``MemoryAudit`` keeps; older ones fall out.
    public static let auditRecordsInMemory = 10_000

    // MARK: The catalogue's index

    /// Characters of a text that is searched for.
    public static let searchText = 256
    /// Words of a name, or of a text that is searched for.
    public static let searchWords = 24
    /// Bytes of a word.
    public static let searchWordBytes = 64
    /// Matches that are counted and can be paged to; beyond that a search says "more than".
    public static let catalogueMatches = 1_000
    /// Results on one page.
    public static let cataloguePage = 100
    /// Names looked at for one that begins with all words joined.
    public static let joinedNames = 200
    /// Terms taken in place of one that nothing matches.
    public static let nearTerms = 8
    /// Providers that are listed.
    public static let catalogueProviders = 200
}
