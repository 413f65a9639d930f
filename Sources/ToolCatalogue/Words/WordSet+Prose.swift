/// Words by which a name becomes a clause. This is data.
extension WordSet {
    /// Says that many are meant, before a verb.
    static let inBulk = set("batch bulk mass")
    /// What an act that does not happen acts on.
    static let nothing = set("nothing none nobody")
    static let articles = set("the a an this our your its their my")
    /// Several, or all there is.
    static let quantities = set(
        "all every each everything recent current latest last newest oldest upcoming past known several some any "
            + "available existing names dates numbers counts figures details lists")
    /// Says what kind of a thing is meant, and is no verb.
    static let describing = set(
        "main raw public private direct average individual consolidated official random full short long next previous "
            + "first top best free total daily weekly monthly yearly hourly annual quarterly pending active inactive "
            + "related similar nearest cheapest fastest blank plain simple basic general common historical historic live "
            + "internal external global local regional national unique new old "
            + "possible likely suspicious personal medical legal financial technical global popular favourite favorite "
            + "hot cold single multiple two three four five ten structured unread overdue due expiring "
            + "missing remaining physical virtual natural")
    /// Opens a question, or what is like one.
    static let asking = set("which who whom whose what how why whether")
    /// What can be done to what stays as it is.
    static let transforms = set(
        "apply applies turn turns fill fills order orders split splits rate rates put puts stop stops draw draws mix mixes "
            + "take takes place places merge merges sort sorts group groups combine combines rewrite rewrites push pushes"
    )
    /// Of these, what leaves something behind.
    static let placing = set(
        "apply applies put puts stop stops take takes place places merge merges push pushes order orders")
    /// Gives back what was worked out.
    static let returning = set(
        "return returns giveback givesback give gives report reports compute computes list lists show shows tell tells rank ranks "
            + "say says print prints")
    static let then = set("then")
    static let moments = set("when where")
    static let modal = set("will would can could may might is are was were")
    static let relatives = set("that which who whose whom what where when how nobody they it you we")
    static let passive = set("is are was were be been being get gets becomes become")
    /// What becomes of something, beside the words in -ed.
    static let undergone = set(
        "sent lost gone put set cut shut thrown overwritten paid sold bought withdrawn made written reset torn taken given "
            + "spent burnt run built begun frozen hidden torn split shut let")
    /// Ends a verb that began before its object: `Rolls the state back`.
    static let closing = set("away back down off anew")
    /// `Says why …`
    static let telling = set("says tells gives names states say tell")
    /// Opens a question where a question mark ends it.
    static let asked = set("can could is are was were does did do will would has have should may might when where")
    /// Follows a noun and no verb.
    static let ofWhat = set(
        "of per between within that which whose who whom about nobody somebody everybody everyone than since "
            + "below above behind beneath beside besides before after without across near against along among during "
            + "towards toward until around inside outside")
    /// Follows a verb more often than a noun.
    static let away = set("up out off away back down over into onto to")
    /// Verbs of running text that no table has: they act on something, and nobody knows how.
    static let prose = set(
        "goes gives takes puts brings throws lets gets turns keeps leaves makes falls holds helps says walks works weighs "
            + "blanks flattens folds pulls pushes sends asks does has is are was will can may must lists runs sets moves"
    )
    /// What is done, as a noun.
    static let actNouns = set(
        "deletion removal creation update upgrade booking transfer payment purchase refund cancellation termination "
            + "activation deactivation installation deployment execution modification insertion replacement upload "
            + "publication submission registration subscription reset restart shutdown revocation assignment approval "
            + "rejection migration restoration rotation cleanup management administration control automation creator "
            + "editor manager runner executor interface wrapper client tool helper utility")
    static let joining = set("and or")
    /// What ties one noun to another.
    static let binding = set("to from in for of on with by into via at within between using under as per")
    /// Nouns without an article.
    static let uncountable = set(
        "info information metadata status data history content contents help documentation text access storage traffic "
            + "usage audio weather time music feedback guidance output input health memory research compliance "
            + "inventory encryption retention logging settings capacity availability advice mail code dns news "
            + "everything anything visibility security safety replication protection liquidity leverage margin "
            + "payroll ownership sso mfa iam lineage sql json html css cors infrastructure hardware software firmware")
}
