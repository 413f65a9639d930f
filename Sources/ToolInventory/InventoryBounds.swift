/// Every bound on making and printing an inventory.
public enum InventoryBounds {
    /// Configuration files of one scan.
    public static let files = 500
    /// Bytes of all of them.
    public static let fileBytes = 512 << 20
    /// Files and folders looked at below a folder, and how deep.
    public static let folderEntries = 20_000
    public static let folderDepth = 8
    /// Servers of one scan.
    public static let servers = 2_000
    /// Servers asked at one time.
    public static let askedAtOnce = 4
    /// Pages of one server's list of tools, and tools in all of them.
    public static let listPages = 1_000
    public static let toolsPerServer = 20_000
    /// Seconds that starting a server, and listing all its tools, may take.
    public static let startSeconds = 60
    public static let listSeconds = 120
    /// Tools of one server in a terminal's report, unless all are asked for.
    public static let shownTools = 10
    /// Findings of one tool that are told.
    public static let findings = 32
    /// The shortest text that is taken for a secret and taken out of what servers say, bytes.
    static let shortestSecret = 8
}
