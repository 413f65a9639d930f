/// Words by which a name becomes a clause. This is data.
extension WordSet {
    /// Says that many are meant, before a verb.
    static let inBulk = set("batch bulk mass")
    static let joining = set("and or")
    /// What ties one noun to another.
    static let binding = set("to from in for of on with by into via at within between using under as per")
    /// Nouns without an article.
    static let uncountable = set(
        "info information metadata status data history content contents help documentation text access storage traffic "
            + "usage audio weather time music feedback guidance output input health memory research compliance "
            + "inventory encryption retention logging settings capacity availability advice mail code dns news "
            + "everything anything visibility security safety replication protection liquidity leverage margin "
            + "payroll ownership sso mfa iam lineage sql json html css cors infrastructure hardware software firmware")
}
