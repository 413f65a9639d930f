/// Every bound of the policy engine, in one place.
public enum PolicyBounds {
    /// The longest name of a tool, resource or prompt, and the longest pattern, in bytes.
    public static let nameBytes = 1024

    /// The longest text an argument may hold to be judged by `regex` or `contains`, in bytes; a longer one cannot be
    /// judged.
    public static let judgedTextBytes = 64 * 1024

    /// The memory one compiled regular expression may use, in bytes; a pattern that needs more does not compile.
    public static let regexMemory = 1 << 20

    /// The longest regular expression, in bytes.
    public static let regexBytes = 4 * 1024

    /// The longest text that is read as JSON where a path goes on behind `.json()`, in bytes; a longer one cannot be
    /// judged.
    public static let carriedBytes = 256 * 1024

    /// The longest text that may be an address, in bytes.
    public static let addressBytes = 64

    /// How often the `%XX` of a file path are decoded before it cannot be judged.
    public static let pathDecodings = 4

    /// How deep `any`, `all` and `not` may nest.
    public static let conditionDepth = 32

    /// How many steps a path may have.
    public static let pathSteps = 32

    /// How many `$ref` and `anyOf` are followed in a tool's input schema before nothing is known of an argument.
    public static let schemaHops = 32

    /// The longest window of a limit and the longest wait for an approval, in seconds: ten years.
    public static let longestWindow: Int64 = 3_650 * 86_400

    /// The largest amount one call may charge, in whole units (policy.md section 4).
    public static let largestAmount: Int64 = 9_000_000_000

    /// Decimal places of a charged amount: amounts and maxima are counted in millionths.
    public static let amountPlaces = 6

    /// One whole unit, in millionths.
    public static let unit: Int64 = 1_000_000
}
