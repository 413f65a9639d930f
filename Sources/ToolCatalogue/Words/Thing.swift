/// What kind of things a noun names, and what an adjective says of them. One word may be of several kinds.
struct Thing: OptionSet, Sendable, Hashable {
    let rawValue: UInt64

    static let money = Thing(rawValue: 1 << 0)
    static let perhapsMoney = Thing(rawValue: 1 << 1)
    static let moneyLeaves = Thing(rawValue: 1 << 2)
    static let access = Thing(rawValue: 1 << 3)
    static let perhapsAccess = Thing(rawValue: 1 << 4)
    static let secret = Thing(rawValue: 1 << 5)
    static let perhapsSecret = Thing(rawValue: 1 << 6)
    static let person = Thing(rawValue: 1 << 7)
    static let container = Thing(rawValue: 1 << 8)
    static let machine = Thing(rawValue: 1 << 9)
    static let network = Thing(rawValue: 1 << 10)
    static let safeguard = Thing(rawValue: 1 << 11)
    static let guidance = Thing(rawValue: 1 << 12)
    static let figure = Thing(rawValue: 1 << 13)
    static let state = Thing(rawValue: 1 << 14)
    static let code = Thing(rawValue: 1 << 15)
    static let shell = Thing(rawValue: 1 << 16)
    static let query = Thing(rawValue: 1 << 17)
    static let minor = Thing(rawValue: 1 << 18)
    static let bulk = Thing(rawValue: 1 << 19)
    static let outward = Thing(rawValue: 1 << 20)
    static let job = Thing(rawValue: 1 << 21)
    static let passing = Thing(rawValue: 1 << 22)
    static let practice = Thing(rawValue: 1 << 23)
    static let production = Thing(rawValue: 1 << 24)
    static let agent = Thing(rawValue: 1 << 25)
    static let sensitive = Thing(rawValue: 1 << 26)
    static let handle = Thing(rawValue: 1 << 27)
    static let log = Thing(rawValue: 1 << 28)
    static let check = Thing(rawValue: 1 << 29)
    static let modifier = Thing(rawValue: 1 << 30)
    static let trade = Thing(rawValue: 1 << 31)
    static let finding = Thing(rawValue: 1 << 32)
    static let action = Thing(rawValue: 1 << 33)
    static let member = Thing(rawValue: 1 << 34)
    static let leadIn = Thing(rawValue: 1 << 35)
    static let negation = Thing(rawValue: 1 << 36)
    static let joins = Thing(rawValue: 1 << 37)
    static let message = Thing(rawValue: 1 << 38)
    static let draft = Thing(rawValue: 1 << 39)
    static let web = Thing(rawValue: 1 << 40)
    static let owes = Thing(rawValue: 1 << 41)
    static let amount = Thing(rawValue: 1 << 42)
    static let confirm = Thing(rawValue: 1 << 43)
    static let saved = Thing(rawValue: 1 << 44)
    static let heavy = Thing(rawValue: 1 << 45)
    static let settings = Thing(rawValue: 1 << 46)
    static let program = Thing(rawValue: 1 << 47)
    static let trifle = Thing(rawValue: 1 << 48)
    static let started = Thing(rawValue: 1 << 49)
    static let mainline = Thing(rawValue: 1 << 50)
    static let preposition = Thing(rawValue: 1 << 52)
    static let site = Thing(rawValue: 1 << 53)
    static let perhapsMachine = Thing(rawValue: 1 << 54)
    static let readQuery = Thing(rawValue: 1 << 55)
    static let queued = Thing(rawValue: 1 << 56)
    static let bookable = Thing(rawValue: 1 << 57)
    static let holdings = Thing(rawValue: 1 << 58)
    static let paper = Thing(rawValue: 1 << 59)
    static let credentialHalf = Thing(rawValue: 1 << 60)
    static let weak = Thing(rawValue: 1 << 61)
    static let recipient = Thing(rawValue: 1 << 62)
    static let foreign = Thing(rawValue: 1 << 63)

    /// The headings of ``ThingTable``.
    static let named: [(heading: String, thing: Thing)] = [
        ("money", .money), ("perhaps money", .perhapsMoney), ("money leaves", .moneyLeaves),
        ("access", .access), ("perhaps access", .perhapsAccess), ("secret", .secret),
        ("perhaps secret", .perhapsSecret), ("person", .person), ("container", .container),
        ("machine", .machine), ("network", .network), ("safeguard", .safeguard), ("guidance", .guidance),
        ("figure", .figure), ("state", .state), ("code", .code), ("shell", .shell), ("query", .query),
        ("minor", .minor), ("bulk", .bulk), ("outward", .outward), ("job", .job), ("passing", .passing),
        ("practice", .practice), ("production", .production), ("agent", .agent), ("sensitive", .sensitive),
        ("handle", .handle), ("log", .log), ("check", .check), ("modifier", .modifier), ("trade", .trade),
        ("finding", .finding), ("action", .action), ("member", .member), ("lead-in", .leadIn),
        ("negation", .negation), ("joins", .joins), ("message", .message), ("draft", .draft), ("web", .web),
        ("owes", .owes), ("amount", .amount), ("confirm", .confirm), ("saved", .saved),
        ("heavy", .heavy), ("settings", .settings), ("program", .program), ("trifle", .trifle),
        ("started", .started), ("mainline", .mainline), ("preposition", .preposition), ("site", .site),
        ("perhaps machine", .perhapsMachine), ("read query", .readQuery), ("queued", .queued),
        ("bookable", .bookable), ("holdings", .holdings), ("paper", .paper), ("credential half", .credentialHalf),
        ("weak", .weak),
        ("recipient", .recipient), ("foreign", .foreign),
    ]
}
