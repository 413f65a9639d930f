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
            + "style precision base encoding separator delimiter indent pattern flags lines items prompt message query "
            + "algorithm length count size width height color decimals operands")
    /// Text transformations, which are computations where all that is worked on is in the call.
    static let transforming = set(
        "format sort merge split trim crop reverse convert transform compress redact join concat wrap pad strip")
    /// Public figures of a market, not somebody's holdings.
    static let market = set(
        "book books orderbook market price prices ticker stock stocks index company quote quotes bar bars latest historical ticker"
    )
    /// The languages that queries are written in.
    static let queryLanguages = set(
        "sql cypher opencypher gremlin sparql graphql mql dax gql kql soql select database databases table tables rows "
            + "mongodb postgres postgresql mysql sqlite duckdb bigquery snowflake")
    static let history = set("history messages thread conversation transcript replies inbox")
    static let channels = set("channel chat room dm conversation")

    /// Everybody who looks.
    static let everybody = set("anyone anybody everyone everybody public publicly internet")
    /// What is only about a thing.
    static let about = set(
        "comment note notes report dashboard panel view name title description label tag template draft bookmark "
            + "reminder todo task ticket issue summary snapshot folder category field column placeholder icon logo image"
    )
    /// Verbs after which money or goods are gone, whatever the object.
    static let spending = set(
        "fund pay buy purchase refund reimburse disburse remit repay liquidate donate invest prepay redeem payout wire")
    /// Verbs that give somebody a working credential.
    static let minting = set("generate issue mint regenerate create produce obtain request")
    /// What a verb for laying out text destroys.
    static let media = set("disk disks drive drives volume volumes partition partitions device sd card usb gpt storage")
    /// Switches that decide whether somebody or something may act.
    static let switching = set(
        "enable disable suspend unsuspend activate deactivate lock unlock reset approve reject block "
            + "unblock ban unban invite elevate impersonate promote demote onboard offboard restore")
    /// Somebody or something that acts in its own name.
    static let actors = set(
        "user users account accounts member members employee guest admin tenant client application app principal login "
            + "contractor collaborator host endpoint api device phone computer laptop workstation workflow automation flow scenario "
            + "scheduler monitor detector rule")
    /// What messages between programs go through.
    static let conduits = set(
        "topic queue channel stream event events message messages notification exchange bus subject")
    /// What is booked for money, and what without.
    static let stays = set("flight hotel trip itinerary stay ride reservation booking cruise rental")
    static let visits = set("appointment restaurant table desk meeting class slot")
    static let apps = set("app application program software")
    /// Verbs that became nouns: `schedule_deletion`.
    static let endings = set("deletion removal destruction termination revocation erasure purge wipe teardown")
    static let signingOut = set("logout")
    static let mails = set("email emails mail mails gmail")
    static let sheets = set("sheet sheets")
    /// Somebody's machine, rather than one made to be thrown away.
    static let hosts = set("host hosts endpoint local computer desktop remote laptop workstation")
    static let requests = set("request pr mr pull")
    static let series = set("list array stream log range")
    /// What trading and coins are spoken of with.
    static let trading = set(
        "positions trade trades trading stock stocks crypto quote quotes bar bars candle candles "
            + "leverage margin portfolio wallet wallets swap staking nft mint "
            + "orderbook ticker futures liquidity bet bets odds")
    /// Entries of a catalogue, on a server that deals in money.
    static let entries = set(
        "product products customer customers price prices coupon coupons discount discounts promotion code plan watchlist "
            + "alert alerts note notes memo tag label category item items inventory stock tracking shipment contact "
            + "contacts description template session report market image review cart list document file collection "
            + "comment metadata profile name link sandbox view dashboard search catalog catalogue variant option folder "
            + "location webpage page post event task issue message vendor supplier")
    static let own = set("history activity activities trades fills executions pnl margin")
    static let possessive = set("my own your account's user's")
    static let assets = set("token tokens nft nfts coin coins asset assets")
    static let tradingVerbs = set("close convert subscribe start open launch exit flatten")
    static let tradedThings = set(
        "position positions savings trade trades trading balances grid earn holdings leverage bot")
    static let rates = set("rate rates currency price prices unit units quote")
    static let orders = set("order orders")
    /// What is made, changed and mended all day, on any server.
    static let ordinary = set(
        "page issue comment task note card board list item row column record document file folder directory table sheet "
            + "cell range chart slide shape image video audio track clip playlist scene object component material entity "
            + "relation observation memory key value field hash set vector index collection namespace contact customer lead "
            + "deal company product price event calendar meeting appointment reminder label tag category milestone sprint "
            + "epic version branch commit pr mr request review discussion wiki snippet project workspace template form "
            + "response survey article reply thread channel bookmark favorite watchlist alert dashboard panel view report "
            + "query notebook dataset model asset sample annotation description title name status priority assignee worklog "
            + "time entry attachment link cart rating recipe paper citation font style text paragraph heading header footer "
            + "rows records documents files cells items tasks issues pages notes values objects entities tags labels bucket "
            + "versioning schema group snapshot data content body metadata context conversation chat session job build queue"
    )
    static let slight = set(
        "click type press resize append upload tag untag label unlabel upsert rename comment navigate copy annotate import "
            + "connect cancel open close init initialize scaffold archive request")
    static let recursive = set("recursive recursively")
    static let every = set("all every")
    static let filters = set("match matches matching filter query criteria where pattern")
    static let values = set("value values plaintext")
    static let changes = set("update updates write writes insert delete")
    static let wiping = set("wipe format nuke obliterate shred annihilate")
    static let careful = set("safe safely unused empty orphaned stale expired old")
    static let announcing = set("publish broadcast tweet announce syndicate dial fax")
    /// People who are not of the house.
    static let outsiders = set(
        "customer customers subscriber subscribers devices candidate client clients guest recipient phone cliente kunden client"
    )
    static let unlocking = set("decrypt reveal unmask unwrap")
    static let taking = set("export dump")
    static let checkingText = set("explain validate parse lint format")
    /// Where somebody is, or was.
    static let places = set("location locations position whereabouts trip trips route track")
    static let carriers = set("vehicle car device phone user person friend family member tag")
    /// What shows the money of one holder.
    static let statements = set("transactions statement statements activity activities history payouts transfers")
    static let ledgers = set("account accounts bank card cards wallet wallets")
    static let balances = set("balance balances cash holdings funds")
    /// Shows what was hidden.
    static let revealing = set(
        "decrypt reveal unmask unwrap unseal export dump retrieve read get show fetch view access")

    private static func set(_ words: String) -> Set<WordKey> {
        Set(words.split(separator: " ").map { WordKey(String($0)) })
    }
}
