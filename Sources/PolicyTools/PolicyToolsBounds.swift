/// Every bound of the policy tools, in one place.
public enum PolicyToolsBounds {
    /// The most tools one list of definitions may have.
    public static let tools = 20_000

    /// How many tools of a pattern are named in a message; the rest are counted.
    public static let namedTools = 8

    /// How many `$ref`, `anyOf` and the like are followed in an input schema before nothing is known of an argument.
    public static let schemaHops = 32

    /// How many rules of one tool are compared with each other; of more, none is said to be shadowed.
    public static let comparedRules = 400

    /// How many comparisons of one rule are compared with those of another, or with each other; of more, nothing is said.
    public static let comparedConditions = 64

    /// How many places in input schemas one check looks at; after that it says nothing more of arguments.
    public static let lookups = 1_000_000

    /// How many values of a list are looked up in another; of more, nothing is said.
    public static let comparedValues = 256

    /// How many charges of one counter a replay remembers one by one; of more, neighbours are taken together.
    public static let rememberedCharges = 2_048

    /// How many calls a report of a replay names one by one; all are counted.
    public static let namedCalls = 200

    /// The longest text of a stranger in a report, in characters.
    public static let shownText = 120
}
