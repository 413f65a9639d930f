/// Bounds of getting authorised, named in one place.
enum OAuthLimits {
    /// This long before its end a token is renewed, seconds; requests go on with it meanwhile.
    static let renewal: Int64 = 60
    /// How long a token is used that does not say how long it is good, seconds.
    static let unsaidLifetime: Int64 = 3600
    /// How long it is not tried again after it failed, seconds.
    static let pause: Int64 = 10
    /// How often one request is sent again because its token was turned down.
    static let resends = 1
    /// How long a person may take to sign in, seconds.
    static let signIn: Int64 = 600
    /// Sign-ins under way at once for one server.
    static let signIns = 16
    /// Requests that wait for a token.
    static let waiters = 4096
}
