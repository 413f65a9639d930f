/// Every bound of administration, in one place.
public enum AdministrationBounds {
    /// Bytes of a name, label or title.
    public static let nameBytes = 200
    /// Bytes of an e-mail address (RFC 5321 section 4.5.3.1.3, without brackets).
    public static let emailBytes = 254
    /// Characters of a password, at least; bytes at most.
    public static let passwordCharacters = 12
    public static let passwordBytes = 1_024
    /// Bytes of a policy document.
    public static let policyBytes = 1 << 20
    /// Tags of a grant, attachments of a grant, headers or variables of a server, arguments of a command.
    public static let entries = 64
    /// Bytes of one tag, header, variable or argument.
    public static let entryBytes = 8_192
    /// Records of one kind in one organisation.
    public static let recordsPerKind = 10_000
    /// Tools of a server that are kept.
    public static let tools = 20_000
    /// Failed sign-ins after which an account pauses.
    public static let failedSignIns = 10
    /// How long it pauses.
    public static let pause = Duration.seconds(15 * 60)
    /// Password checks that may wait for their turn.
    public static let waitingPasswords = 64
    /// How long a person may take to sign in at a provider.
    public static let signInTicket = Duration.seconds(10 * 60)
    /// Answers of providers that are looked at in a minute, for all that come from one address (one network of 64 bits,
    /// RFC 4291 section 2.5.4).
    public static let signInAnswersPerAddress = 240
    /// The same for all addresses together: each is a request to a provider, and is remembered for as long as its ticket.
    public static let signInAnswers = 2_400
    /// Bytes of what a browser keeps meanwhile.
    static let ticketBytes = 3_072
    /// How long a sign-in lasts.
    public static let session = Duration.seconds(7 * 86_400)
    /// Sign-ins of one member at a time; one more ends the oldest.
    public static let sessions = 64
    /// Tokens of one grant at a time: its present one and those that go on beside it for a while.
    public static let credentials = 16
    /// How often it is tried to remove connections, each of which may get its last tokens at that moment.
    static let disconnections = 8
    /// Versions of one policy.
    public static let versions = 10_000
    /// Revoked grants that are still listed; one more takes the place of the oldest, which the events still tell of.
    public static let revokedGrants = 1_000
    /// How long an invitation, or the first sign-up link, can be used.
    public static let invitation = Duration.seconds(7 * 86_400)
    /// The longest time an old token goes on working beside its successor.
    public static let overlap = Duration.seconds(30 * 86_400)
    /// Records on one page of a listing.
    public static let page = 200
}
