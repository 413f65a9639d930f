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
            + "icon logo image metadata")
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
            + "workflow automation flow scenario scheduler monitor detector rule zap recipe journey sequence bot playbook "
            + "runbook")
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
    static let bringingBack = set("restore overwrite")
    /// Verbs that weigh only with what is no ordinary thing.
    static let mild = set("approve restore overwrite promote calibrate permit restrict retire timeout divert")
    /// Verbs that bring something to a halt.
    static let stopping = set("stop halt shutdown pause suspend hibernate disable quiesce")
    /// What serves others as long as it runs.
    static let serving = set(
        "application applications app apps service services server servers site sites database databases cluster "
            + "instance instances worker workers daemon system broker gateway website machine vm workload")
    /// Verbs that weigh although they are only put off.
    static let putOff = set("start stop restart shutdown reboot deploy delete terminate scale")
    /// What takes what is typed.
    static let terminals = set("process terminal console shell repl tty pty")
    /// What is put to work by applying it.
    static let applied = set("migration migrations plan terraform playbook stack recipe cookbook")
    /// What says of a variable that it is one of a program.
    static let programming = set(
        "local global stack frame type function shader node script class member struct symbol variable_type")
    /// What says of a variable that programs are set up by it.
    static let surroundings = set("env environment ci cd pipeline instance group project workspace deployment")
    /// Where a line of work is kept.
    static let lines = set("branch ref commit tag revision")
    /// What is dimmed, warmed and moved at home all day.
    static let domestic = set(
        "light lights lamp lamps bulb brightness color colour temperature climate thermostat vacuum fan blind blinds "
            + "curtain curtains cover covers scene scenes volume media music player tv speaker plug outlet switch on off "
            + "effect mood room playback humidity timer")
    /// What does whatever it is called with.
    static let called = set("tool tools service function method rpc api endpoint procedure action")
    /// What keeps a program to itself.
    static let confines = set(
        "container containers pod pods sandbox docker lxc guest microvm notebook kernel repl page browser tab "
            + "emulator simulator")
    /// Groups that give no rights.
    static let circles = set(
        "list lists newsletter audience course class meeting event call room board card watchlist calendar")
    /// Somebody who is spoken to.
    static let addressed = set(
        "contact contacts recipient recipients group chat somebody user users phone person people member team customer")
    /// One more of what there is.
    static let copies = set("backup backups snapshot snapshots")
    /// What says when and how long.
    static let standingRules = set("policy plan schedule setting settings config configuration vault window frequency")
    /// Where what runs reaches nothing.
    static let sandboxes = set("sandbox sandboxed")
    /// Says in whose name.
    static let inTheNameOf = set("as")
    /// What keeps watch.
    static let watchers = set("monitor monitors alarm alarms detector detectors sensor")
    /// What is built by running what builds it.
    static let built = set("item job branch target package module wheel release all artifact artifacts")
    /// What runs once it is handed in.
    static let handedIn = set("job jobs run batch workflow pipeline build script")
    /// Looks at a thing, whatever the thing.
    static let examinations = set("check checks diagnostic diagnostics scan scans validation lint")
    /// What others use as soon as it is let go.
    static let shipped = set("model version release build image deployment package artifact app firmware")
    /// No bound is meant.
    static let anyAtAll = set("any arbitrary custom raw")
    /// What is shown to somebody, not a right in itself.
    static let shares = set("share shares sharing link links invitee invitation clearance pat")
    /// What is picked on a page that somebody filled in.
    static let picked = set("option options dropdown checkbox radio")
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
            + "conversation chat session job build queue leave absence timesheet assignment assignments investigation "
            + "mapping mappings trigger triggers insight insights cohort cohorts funnel")
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
