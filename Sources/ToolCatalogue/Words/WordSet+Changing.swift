/// Words by which changes are weighed. This is data.
extension WordSet {
    /// Everybody who looks.
    static let everybody = set("anyone anybody everyone everybody public publicly internet")
    /// What is said about a thing.
    static let remarks = set("comment note notes report dashboard bookmark reminder summary annotation")
    /// What is only about a thing.
    static let about = set(
        "comment note notes report dashboard panel view name title description label tag template draft "
            + "bookmark reminder todo task ticket issue summary snapshot folder category field column placeholder "
            + "icon logo image")
    /// Verbs that give somebody a working credential.
    static let minting = set("generate issue mint regenerate create produce obtain request")
    /// Switches that decide whether somebody or something may act.
    static let switching = set(
        "enable disable suspend unsuspend activate deactivate lock unlock reset approve reject block "
            + "unblock ban unban invite elevate impersonate promote demote onboard offboard restore")
    /// Somebody or something that acts in its own name.
    static let actors = set(
        "user users account accounts member members employee guest admin tenant client application app "
            + "principal login contractor collaborator host endpoint api device phone computer laptop workstation "
            + "workflow automation flow scenario scheduler monitor detector rule")
    /// What messages between programs go through.
    static let conduits = set(
        "topic queue channel stream event events message messages notification exchange bus subject")
    /// What runs when it is opened.
    static let apps = set("app application program software")
    /// Ends a session; somebody else's, where a user is named.
    static let signingOut = set("logout")
    /// Ways to write to people outside.
    static let mails = set("email emails mail mails gmail")
    /// Somebody's machine, rather than one made to be thrown away.
    static let hosts = set("host hosts endpoint local computer desktop remote laptop workstation")
    /// What is merged on request.
    static let requests = set("request pr mr pull")
    /// What is made, changed and mended all day, on any server.
    static let ordinary = set(
        "page issue comment task note card board list item row column record document file folder directory "
            + "table sheet cell range chart slide shape image video audio track clip playlist scene object "
            + "component material entity relation observation memory key value field hash set vector index "
            + "collection namespace contact customer lead deal company product price event calendar meeting "
            + "appointment reminder label tag category milestone sprint epic version branch commit pr mr request "
            + "review discussion wiki snippet project workspace template form response survey article reply "
            + "thread channel bookmark favorite watchlist alert dashboard panel view report query notebook "
            + "dataset model asset sample annotation description title name status priority assignee worklog time "
            + "entry attachment link cart rating recipe paper citation font style text paragraph heading header "
            + "footer rows records documents files cells items tasks issues pages notes values objects entities "
            + "tags labels bucket versioning schema group snapshot data content body metadata context "
            + "conversation chat session job build queue")
    /// Verbs that change little, or only begin.
    static let slight = set(
        "click type press resize append upload tag untag label unlabel upsert rename comment navigate copy "
            + "annotate import connect cancel open close init initialize scaffold archive request")
    /// Verbs for many ears.
    static let announcing = set("publish broadcast tweet announce syndicate dial fax")
    /// People who are not of the house.
    static let outsiders = set(
        "customer customers subscriber subscribers devices candidate client clients guest recipient phone "
            + "cliente kunden")
}
