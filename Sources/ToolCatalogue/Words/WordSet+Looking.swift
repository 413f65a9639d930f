/// Words by which looking and taking away are weighed. This is data.
extension WordSet {
    /// Verbs that show.
    static let revealing = set(
        "decrypt reveal unmask unwrap unseal export dump retrieve read get show fetch view access")
    /// Shows what was hidden on purpose.
    static let unlocking = set("decrypt reveal unmask unwrap")
    /// Takes everything out at once.
    static let taking = set("export dump")
    /// Looks at a text without running it.
    static let checkingText = set("explain validate parse lint format estimate check dry")
    /// The thing itself, not what is known of it.
    static let values = set("value values plaintext")
    /// What is looked into before it is done with.
    static let troubles = set(
        "incident incidents vulnerability vulnerabilities finding findings dispute detection detections")
    /// Says how something is.
    static let being = set("is has")
    /// Tools that are turned against what they look at.
    static let probing = set(
        "nmap masscan nikto sqlmap hydra metasploit msf exploit bruteforce fuzz gobuster ffuf nuclei dirb wpscan hashcat"
    )
    /// Where somebody is, or was.
    static let places = set("location locations position whereabouts trip trips route track")
    /// What moves, with somebody in or behind it.
    static let carriers = set("vehicle car device phone user person friend family member tag")
    /// Down to the last leaf.
    static let recursive = set("recursive recursively")
    /// No single one is meant.
    static let every = set("all every")
    /// Which ones are meant is said by a condition.
    static let filters = set("match matches matching filter query criteria where pattern")
    /// Verbs of query languages that change.
    static let changes = set("update updates write writes insert delete")
    /// Verbs that leave nothing.
    static let wiping = set("wipe format nuke obliterate shred annihilate")
    /// Where things lie until they are gone for good.
    static let trash = set("trash bin recycle trashcan papierkorb papelera corbeille cestino lixeira")
    /// As it left the factory: nothing of what was there.
    static let asNew = set("factory hard pristine scratch")
    /// As it left the factory, whatever is on it.
    static let factory = set("factory")
    /// What shows somebody, or somebody's home.
    static let cameras = set("camera cameras webcam doorbell cctv")
    /// What a camera shows.
    static let pictures = set("image images snapshot picture photo frame video stream feed recording clip")
    static let wipes = set("wipes formats nukes obliterates shreds annihilates")
    /// Said of a query.
    static let executed = set("executed executes execute executing")
    /// What a code is when it is no program.
    static let tickets = set(
        "authorization auth verification otp country postal zip area error status promo invite currency discount access "
            + "language state hs naics diagnosis billing product activation")
    /// How many there are, not who.
    static let counting = set("count counts total totals")
    /// Only what nobody uses goes.
    static let careful = set("safe safely unused empty orphaned stale expired old")
    /// Verbs that became nouns: `schedule_deletion`.
    static let endings = set("deletion removal destruction termination revocation erasure purge wipe teardown")
    /// What a verb for laying out text destroys.
    static let media = set(
        "disk disks drive drives volume volumes partition partitions device sd card usb gpt storage")
    /// What trimming shortens.
    static let series = set("list array stream log range")
    /// What says of an act that it only would be.
    static let rehearsals = set(
        "preview precheck preflight dryrun simulation impact forecast eligibility explain explanation candidates "
            + "estimate projection meaning templates ideas suggestions")
    /// Looks something up in what is known.
    static let referring = set("lookup looksup list lists show shows describe describes explain explains")
    /// What says of a check that it is an attack.
    static let intrusive = set("active intrusive aggressive penetration attack exploit brute")
    /// Makes what is kept run better.
    static let tuning = set("optimize optimise")
    /// What is loaded to be looked at.
    static let examples = set("example examples sample samples guide skill skills instructions context demo reference")
    static let takes = set("take takes")
    static let outOrAway = set("out away")
    /// What decides when something runs.
    static let clocks = set("schedule schedules trigger triggers timer")
    /// Verbs that bring to an end or a halt, among those that start and stop.
    static let halting = set("stop stops pause suspend hibernate shutdown end abort halt cancel")
}
