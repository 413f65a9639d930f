/// What makes a call more, or less, harmful than its category says. Each is a claim about the world, in our own words.
public enum Concern: String, Sendable, Hashable, CaseIterable {
    case accessControl = "access control"
    case secrets = "secrets"
    case personalData = "personal data"
    case money = "money"
    case moneyLeaves = "money leaves"
    case wholeContainer = "a whole container"
    case bulk = "many at once"
    case noUndo = "no undo"
    case overwrites = "overwrites"
    case infrastructure = "infrastructure"
    case outward = "reaches other people"
    case anyCommand = "any command"
    case anyQuery = "any query"
    case network = "public network"
    case safeguards = "safeguards"
    case production = "production"
    case configuration = "configuration"
    case weighty = "a weighty act"
    case physical = "the physical world"
    case records = "a record that people depend on"
    case selfConfirmed = "confirmed by the agent itself"
    case minor = "minor"
    case handle = "a handle only"
    case practice = "a sandbox"
    case readOnly = "read only"
    case helpText = "help text"
    case contradiction = "a contradiction"
    case unreadable = "nothing to judge by"
    case cutShort = "too long to judge whole"

    /// ``sentence``, as it is true of a tool of this category.
    public func sentence(of category: Category) -> String {
        switch (self, category) {
        case (.accessControl, .read): "It shows who may do what"
        case (.accessControl, .destructive): "It takes away from somebody what they may do"
        case (.accessControl, _): "It changes who may do what"
        case (.secrets, .read): "It returns credentials, keys or other secrets, or what leads to them"
        case (.money, .read): "It shows payments, orders or balances"
        default: sentence
        }
    }

    /// The claim as a sentence for a page: no full stop, no third party's words.
    public var sentence: String {
        switch self {
        case .accessControl: "It changes or shows who may do what"
        case .secrets: "It handles credentials, keys or other secrets"
        case .personalData: "It returns data about people"
        case .money: "It deals with payments, orders or balances"
        case .moneyLeaves: "Money or assets leave the account"
        case .wholeContainer: "What it takes away holds many other things"
        case .bulk: "One call reaches many objects"
        case .noUndo: "Its own text says that nothing brings the object back"
        case .overwrites: "What was there before is replaced and lost"
        case .infrastructure: "It changes machines, clusters or services that others depend on"
        case .outward: "Its effect leaves the account and reaches other people"
        case .anyCommand: "It takes a program or command as text"
        case .anyQuery: "It takes a query as text, and a query can do more than read"
        case .network: "It changes what is reachable from outside"
        case .safeguards: "It changes encryption, logging, retention or another safeguard"
        case .configuration: "It changes how a whole system behaves"
        case .weighty: "It is a kind of act that reaches far or is hard to take back"
        case .physical: "It moves, opens or stops things in the physical world"
        case .records: "It changes a record that somebody's health, rights or standing hangs on"
        case .production: "It acts on what is in production"
        case .selfConfirmed: "The server expects a second thought, but the agent gives it to itself"
        case .minor: "What it changes is small and easily changed back"
        case .handle: "It opens or closes a connection; no data changes"
        case .practice: "It acts on a sandbox or on made-up data"
        case .readOnly: "Its own text says that it only reads"
        case .helpText: "It returns guidance and does nothing else"
        case .contradiction: "Two parts of the definition contradict each other"
        case .unreadable: "Neither name nor text says what it does"
        case .cutShort: "The definition is longer than is read; the rest may say more"
        }
    }
}
