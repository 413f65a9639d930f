import WireJSON

/// Bounds of what is believed of providers and their tokens, named in one place.
public enum IdentityBounds {
    /// A token's header or claims.
    static let part = JSONLimits(depth: 16, bytes: 16 * 1024, values: 2000)
    /// The claims of a token with those of the provider's own answer.
    static let whole = JSONLimits(depth: 16, bytes: 32 * 1024, values: 4000)
    /// A provider's own words on a page or in a log, bytes.
    static let words = 200
    /// Keys of one provider; the rest of a longer set is not read.
    static let keys = 64
    /// A key's name, bytes.
    static let keyNameBytes = 256
    /// Bits of an RSA key: fewer can be broken, more take too long to try.
    static let rsaBits = 2048...8192
    /// Endpoints one token may be for.
    static let audiences = 32
    /// A subject, bytes (OpenID Connect Core 1.0 section 2).
    static let subjectBytes = 255
    /// By how much clocks may differ, seconds.
    public static let leeway: ClosedRange<Int64> = 0...120
    /// The same between processes of one gateway.
    static let ownLeeway: Int64 = 5
    /// How old keys may be before they are asked for again.
    static let keyAge = Duration.seconds(10 * 60)
    /// How old keys may be and still be used, while their provider cannot be reached.
    static let oldestKeys = Duration.seconds(60 * 60)
    /// Between two questions for a provider's keys, however many tokens name a key that is not known.
    static let keyPause = Duration.seconds(30)
    /// The same after a question that was not answered.
    static let failurePause = Duration.seconds(5)
    /// Tokens that wait for keys that were asked for; one more cannot be judged now.
    static let waitingTokens = 1024
    /// Providers of one gateway.
    public static let providers = 16
}
