/// Words that a rule asks for as a group. This is data.
enum WordSet {
    /// Look at many, not into one.
    static let listing = set("list search find count scan check")
    /// Find one among many by what is known of it.
    static let finding = set("search find lookup locate")
    /// Change what was placed, without placing anew.
    static let changing = set(
        "fulfill fulfil ship update modify edit change replace amend patch adjust set mark tag link cancel void finalize finalise rename "
            + "archive pause resume")
    /// Let a payment that exists go on its way.
    static let releasing = set(
        "make process submit execute initiate authorize authorise confirm capture settle complete release schedule fund "
            + "trigger approve sign send")
    static let signing = set("sign approve cosign countersign")
    /// Where money comes from or goes to.
    static let instruments = set(
        "card bank iban method beneficiary payee recipient wallet account counterparty address mandate")
    /// What keeps spending small.
    static let limits = set("limit limits budget quota cap allowance policy rule threshold spend spending whitelist")
    static let membership = set("add invite grant create")
    /// Arguments that carry what is worked on, not the name of something that is kept elsewhere.
    static let inline = set(
        "text string input content contents data json xml yaml html markdown csv code value values number numbers list "
            + "array expression formula a b c x y n date time timezone format unit from to locale language options mode "
            + "word words sentence phrase tone matrix matrices vector vectors numerator denominator base exponent min max "
            + "minimum maximum mean sigma seed sides items window ratio seq seq1 seq2 sequence sequences function range "
            + "polynomial equation term terms variable variables angle percentage digits prompt grammar paragraph "
            + "style precision base encoding separator delimiter indent pattern flags lines items prompt message query "
            + "algorithm length count size width height color decimals operands")
    /// Of these, what is worked on; the rest says how.
    static let carried = set(
        "text string input content contents data json xml yaml html markdown csv code value values numbers list array "
            + "a b x y word words sentence matrix vector numerator base min sides seq sequence function range polynomial "
            + "equation variables angle expression formula lines items date time timezone prompt message operands")
    /// What is added up.
    static let sums = set("number numbers integers vectors matrices floats")
    /// Text transformations, which are computations where all that is worked on is in the call.
    static let transforming = set(
        "format sort merge split trim crop reverse convert transform compress redact join concat wrap pad strip simplify "
            + "invert reduce maximize minimize power raise combine substitute pick shuffle randomize rephrase rewrite "
            + "improve shorten condense define anonymize correct sanitize align smooth blend mix flip qualify balance "
            + "interpolate concatenate obfuscate lowercase uppercase capitalize")
    /// Public figures of a market, not somebody's holdings.
    static let market = set(
        "book books orderbook market price prices stock stocks index company quote quotes bar bars latest historical "
            + "ticker")
    /// The languages that queries are written in.
    static let queryLanguages = set(
        "sql cypher opencypher gremlin sparql graphql mql dax gql kql soql sosl select mongodb postgres postgresql mysql "
            + "sqlite duckdb bigquery snowflake")
    /// What is queried, whatever the language.
    static let queried = set("database databases table tables rows warehouse")
    /// Languages in which figures of machines are asked for.
    static let metricLanguages = set("promql metricsql metricsinsights traceql")
    /// Says of an argument that something goes there.
    static let outgoing = set(
        "output out save saved dest destination outfile outdir outpath export download target saveas")
    /// Where files lie.
    static let filed = set("path file filename filepath dir directory folder")
    static let outfiles = set("outfile outdir outpath")
    static let history = set("history messages conversation transcript replies inbox")
    static let channels = set("channel chat room dm conversation thread")

    static func set(_ words: String) -> Set<WordKey> {
        Set(words.split(separator: " ").map { WordKey(String($0)) })
    }
}
