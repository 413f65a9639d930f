/// Words by which the thing that is acted on is told from what is said of it. This is data.
extension WordSet {
    /// About the call, not about what it acts on.
    static let aboutCalls = set("tool tools now async sync safely batch bulk all api v by id ids")
    /// Things that weigh little, whatever they are about.
    static let light = set(
        "page comment comments task tasks note notes card row rows column columns sheet cell cells chart charts slide "
            + "slides image images video videos clip picture photo thumbnail icon logo banner theme avatar meeting "
            + "meetings appointment appointments reminder reminders milestone milestones sprint epic discussion wiki "
            + "snippet snippets survey article articles thread bookmark bookmarks watchlist dashboard dashboards panel "
            + "panels view views report reports query queries notebook notebooks model models sample samples "
            + "annotation annotations description title worklog summary summaries placeholder caption translation "
            + "category categories playlist metadata todo todos checklist checklists attachment attachments "
            + "investigation glossary keyword keywords bio quiz lesson transcript score nickname section heading customization customizations "
            + "paragraph diagram layout estimate history log logs")
    /// More than one of what stands before it, kept as one.
    static let gathering = set("group groups pool pools farm estate hub")
    /// What many things are kept in, without being machines or data bases.
    static let holders = set(
        "project projects space spaces addressbook addressbooks calendar calendars drive guild realm forum subreddit board boards "
            + "portfolio")
    /// All that is inside of what stands before it.
    static let contents = set("data content contents everything")
    static let resources = set("resource resources")
    /// Words for machines and what holds machines that mean a small part elsewhere.
    static let unsteady = set("node nodes instance instances stack stacks container containers pod")
    static let named = set("domain domains zone hostname")
    /// Says that a domain is one of a setting, not all that is under it.
    static let given = set("custom email sender sending allowed trusted verified blocked alias mail vanity")
    /// Where cards, pictures and drawings are stacked.
    static let boards = set(
        "board boards deck card cards kanban scene scenes canvas diagram flowchart photo undo layer layers "
            + "mindmap")
    /// Says that one thing is part of another.
    static let inside = set("in from within of inside")
    static let moved = set("move moves moved")
    /// Verbs that take off a list; what was listed stays.
    static let unlisting = set("unregister deregister unregisters deregisters unlist delist forget unenroll")
    /// Those who belong to one of these may do more than others.
    static let bodies = set(
        "group groups team teams org organization organisation project projects workspace workspaces role roles repo "
            + "repository account accounts tenant namespace space company enterprise domain instance site drive")
    static let belonging = set("member members collaborator collaborators membership memberships")
    /// Whoever or whatever signs in.
    static let principals = set(
        "user users account accounts member members employee guest admin tenant client application app principal login "
            + "contractor collaborator api device")
    /// Verbs that give somebody a thing to use, and what is given.
    static let allotting = set("assign allocate entitle issue")
    static let allotted = set("app apps application applications license licenses licence seat seats device product")
    /// Verbs that let somebody in, or give something away.
    static let handing = set("invite share transfer grant ban block restrict")
    static let tagging = set("tag untag label unlabel relabel annotate")
    static let rollingOut = set("deploy redeploy release apply promote ship")
    /// Verbs that leave nothing where they have been.
    static let sweeping = set("prune purge wipe clear destroy erase flush empty reset clean cleanup")
    /// What runs, or waits to.
    static let underWay = set("run runs execution executions step steps job jobs")
    /// Verbs that bring a line of work into the one that counts.
    static let landing = set("complete accept land squash finish")
    static let pulled = set("pull pr mr merge")
    /// What is put over something, and off again.
    static let dressed = set(
        "filter filters style styles format formatting theme effect effects preset presets template label labels tag "
            + "tags transition animation layout crop gradient color colour material texture font border "
            + "edit edits suggestion suggestions")
    static let published = set("post posts article articles story stories reel reels blog video podcast episode thread")
    static let announces = set("publishes broadcasts announces tweets")
    /// Says that somebody hears of it, and who.
    static let notifying = set("notify notifies notifying inform informs emails")
    static let told = set(
        "customer customers invitee invitees attendee attendees candidate candidates guest guests recipient recipients "
            + "subscriber subscribers participant participants requester client clients buyer seller patient patients "
            + "parents applicant applicants guardian guardians members everyone")
    static let muting = set("mute silence")
    static let flags = set("flag flags")
    /// How a finding is looked after.
    static let standings = set("status state priority severity assignee resolution verdict")
    /// What plays, and what it is heard or seen on.
    static let played = set(
        "playback track tracks song songs music playlist podcast episode album player spotify sonos speaker speakers media "
            + "movie")
    static let playing = set("play pause stop resume skip seek rewind next previous shuffle repeat mute unmute")
    static let playback = set("volume playback shuffle repeat position track")
    static let looks = set("window windows clipboard tab tabs cursor pointer caret typing indicator presence")
    static let choosing = set("use select switch activate choose set change")
    static let stagings = set("staging")
    static let remarking = set("comment reply")
    /// What strangers look at, and may write beneath.
    static let seen = set("post posts tweet tweets video videos reel reels story photo pin")
    static let sharing = set("share shares")
    static let keeping = set("add create register set store save update import configure put upload")
    static let connecting = set("connect initialize initialise init open establish start reconnect")
    static let connections = set("connection connections session sessions client")
    /// Where a container, a node or a panel is drawn.
    static let onScreen = set(
        "ui layout flexbox grid html css div widget scene viewport canvas div page gtm dashboard figma frame blob "
            + "storage css")
    /// What is set aside until it is wanted, or shown before it counts.
    static let tentative = set("draft drafts preview previews unsent scratch scratchpad")
    /// Verbs that take out all that lies in something.
    static let purging = set("purge expunge empty flush truncate purges empties flushes truncates expunges")
    /// What is filled all day, and emptied at once.
    static let filled = set(
        "queue queues topic topics stream streams history log logs table tables index folder mailbox dlq historian "
            + "archive inbox spam database keyspace")
    /// Says that age decides.
    static let aged = set("older before untagged unreferenced orphaned")
    /// One of many, made all day: wiped, it is one thing less.
    static let single = set("file note quote document message page record row item event image video attachment draft")
    /// Verbs that end somebody's standing.
    static let partingWith = set("offboard deprovision")
    /// Those whose standing can end.
    static let staff = set(
        "user users employee employees person people staff member members leaver contractor traveller traveler worker "
            + "student agent admin account accounts")
    /// What only a person who means harm, or nobody, wants without a second look.
    static let ruinous = set("destructive dangerous")
    /// What is run as it is handed in.
    static let sources = set(
        "code script source program snippet python javascript js typescript lua groovy ruby perl php "
            + "powershell bash apex abap julia matlab octave scala kotlin java csharp")
    /// Says that an argument opens something to all.
    static let openers = set("make allow is set enable publicly anyone")
    static let notices = set("notification notifications alert alerts")
    /// What a machine is ordered by.
    static let sized = set("instance machine vm compute pod worker cluster droplet server hardware gpu")
    static let sizes = set("type class size count flavor flavour plan types sizes")
    static let ordering = set("create provision launch add deploy resize scale clone restore")
    static let skus = set("sku skus")
    static let placed = set("location region tier size capacity")
    /// Surroundings that programs get their secrets from.
    static let injected = set("env environment ci cd pipeline instance secret masked deployment production global")
    static let configurations = set("configuration configurations config configs")
    static let making = set("create clone copy duplicate add")
    static let enabling = set("enable enables activate activates turn on")
    static let disabling = set("disable disables deactivate deactivates off")
    static let switches = set("toggle switch")
}
