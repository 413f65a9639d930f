/// What a wrong write puts at stake, beyond the object itself. The raw bits are kinds; a word may put several at stake.
struct Stake: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    /// Who may do what, and who is who.
    static let access = Stake(rawValue: 1 << 0)
    /// Credentials, keys, and what holds them.
    static let secrets = Stake(rawValue: 1 << 1)
    /// Pay, books, budgets, and where money goes.
    static let money = Stake(rawValue: 1 << 2)
    /// What is reachable, and by which name and way.
    static let network = Stake(rawValue: 1 << 3)
    /// What holds other things up: disks, balancers, clusters.
    static let infrastructure = Stake(rawValue: 1 << 4)
    /// What guards: rules, protection, detection, retention.
    static let safeguards = Stake(rawValue: 1 << 5)
    /// People outside, and standing flows to them.
    static let outward = Stake(rawValue: 1 << 6)
    /// Doors, valves, vehicles, and a person's body.
    static let physical = Stake(rawValue: 1 << 7)
    /// What a system goes by.
    static let configuration = Stake(rawValue: 1 << 8)
    /// Records that a person's health, standing or rights hang on.
    static let records = Stake(rawValue: 1 << 9)

    /// What an operator of systems deals in.
    static let operated: Stake = [.access, .secrets, .network, .infrastructure, .safeguards]

    /// Each kind with its heading in ``StakeTable`` and what is said of it.
    static let named: [(heading: String, stake: Stake, concern: Concern)] = [
        ("access", .access, .accessControl), ("secrets", .secrets, .secrets), ("money", .money, .money),
        ("network", .network, .network), ("infrastructure", .infrastructure, .infrastructure),
        ("safeguards", .safeguards, .safeguards), ("outward", .outward, .outward),
        ("physical", .physical, .physical), ("configuration", .configuration, .configuration),
        ("records", .records, .records),
    ]

    /// The concern of the first kind in the set.
    var concern: Concern { Self.named.first { contains($0.stake) }?.concern ?? .weighty }
}
