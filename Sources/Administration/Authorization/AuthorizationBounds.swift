/// Every bound of the authorisation server, in one place.
public enum AuthorizationBounds {
    /// How long a code can be exchanged.
    public static let code = Duration.seconds(60)
    /// How long an access token is good.
    public static let access = Duration.seconds(600)
    /// How long a connection lasts that is not refreshed.
    public static let connection = Duration.seconds(30 * 86_400)
    /// How long a connection of somebody who signs in at a provider lasts after the last sign-in there, refreshed or not.
    public static let vouched = Duration.seconds(30 * 86_400)
    /// How long tokens are signed with one key.
    static let signingPeriod: Int64 = 86_400
    /// How long a registration can be used to connect; what was connected by then goes on.
    static let registration = Duration.seconds(90 * 86_400)
    /// Registrations in one minute.
    static let registrationsPerMinute = 60
    /// Connections of one member.
    static let connectionsPerMember = 64
    /// Connections that ended and are removed on the way when another is made.
    static let sweptAtOnce = 64
    /// Clients' documents that are remembered, for how long, and for how long that one could not be had.
    static let documents = 256
    static let documentAge = Duration.seconds(300)
    static let failedDocumentAge = Duration.seconds(15)
    /// Clients' documents asked for at once.
    static let fetchesAtOnce = 4
    /// Bytes of a client's id, of a `state`, and of a whole request, which a cookie holds while somebody signs in.
    static let clientIDBytes = 2048
    static let stateBytes = 1024
    static let requestBytes = 3000
}
