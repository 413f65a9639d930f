/// What a reader refuses for its size, however well-formed it is.
///
/// Every bound of this module is here. A text over a bound is refused with the bound's own ``JSONError/Reason``,
/// before more memory than the bound allows was taken: a value costs 16 bytes beside the text itself, a key as many.
public struct JSONLimits: Sendable, Hashable {
    /// How many objects and arrays may be nested in one another, at most 1024. `[[0]]` has a depth of 2.
    public let depth: Int

    /// How long the text may be, in bytes.
    public let bytes: Int

    /// How many values the text may hold. Objects and arrays count as one each beside what they hold; keys do not
    /// count.
    public let values: Int

    /// - Precondition: No bound is negative; `depth` is at most 1024, `bytes` below 2³², `values` below 2²⁴.
    public init(depth: Int = 64, bytes: Int = 4 << 20, values: Int = 1_000_000) {
        precondition(depth >= 0 && depth <= Self.deepest, "a JSON text is read up to 1024 levels deep")
        precondition(bytes >= 0 && bytes <= Self.largestText, "a JSON text is read up to 2³² - 1 bytes")
        precondition(values >= 0 && values <= Self.largestCount, "a JSON text is read up to 2²⁴ - 1 values")
        self.depth = depth
        self.bytes = bytes
        self.values = values
    }

    /// What a client may send: 64 levels, 4 MiB, a million values.
    public static let request = JSONLimits()

    /// What a tool server may answer: 512 levels, 16 MiB, two million values.
    public static let upstream = JSONLimits(depth: 512, bytes: 16 << 20, values: 2_000_000)

    /// Canonical forms are written by recursion.
    static let deepest = 1024

    /// Offsets are kept in 32 bits.
    static let largestText = Int(UInt32.max)

    /// The number of members or elements is kept in 24 bits.
    static let largestCount = 1 << 24 - 1
}
