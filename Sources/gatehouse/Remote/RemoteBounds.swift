import NIOCore

/// Every bound on asking a running instance, which may be another's machine.
enum RemoteBounds {
    /// How long an answer may take: a scan may start a program.
    static let patience = TimeAmount.seconds(120)
    /// Bytes of one answer.
    static let answerBytes = 64 << 20
    /// Items of one page of a listing, which is the most the interface gives, and pages of one listing.
    static let pageItems = 200
    static let pages = 500
    /// Characters of an instance's own words that are shown, and of one value in a table.
    static let shownWords = 1_000
    static let shownValue = 200
}
