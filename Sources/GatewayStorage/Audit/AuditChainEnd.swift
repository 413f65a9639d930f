extension AuditHead {
    /// Whether `records` continue a chain that ends in `head` (nil: is empty): numbers without a gap, each naming the
    /// hash of the one before. What a first record names as its predecessor is not looked at.
    public static func isFollowed(_ head: AuditHead?, by records: [AuditRecord]) -> Bool {
        var last = head
        for record in records {
            if let last {
                guard record.sequence == last.sequence + 1, record.previous == last.hash else { return false }
            } else {
                guard record.sequence == 1 else { return false }
            }
            last = AuditHead(record)
        }
        return true
    }
}
