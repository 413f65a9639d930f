/// Which audit records a search is after. Members that are set must all hold; texts compare as bytes.
///
/// For the next page, the same filter with `before` set to the last result's sequence.
public struct AuditFilter: Sendable, Equatable {
    public var kind: String?
    /// Whose entries; nil for everybody's.
    public var organisation: String?
    public var server: String?
    public var tool: String?
    public var grant: String?
    public var outcome: String?
    /// The request id; finds all records of one call.
    public var request: String?
    /// Not earlier than this.
    public var since: WallTime?
    /// Earlier than this.
    public var until: WallTime?
    /// Only records with a smaller sequence.
    public var before: Int64?
    /// How many at most; never more than ``StorageBounds/recordsPerPage`` are returned.
    public var limit: Int

    public init(
        kind: String? = nil, organisation: String? = nil, server: String? = nil, tool: String? = nil,
        grant: String? = nil, outcome: String? = nil,
        request: String? = nil, since: WallTime? = nil, until: WallTime? = nil, before: Int64? = nil, limit: Int = 100
    ) {
        self.kind = kind
        self.organisation = organisation
        self.server = server
        self.tool = tool
        self.grant = grant
        self.outcome = outcome
        self.request = request
        self.since = since
        self.until = until
        self.before = before
        self.limit = limit
    }
}
