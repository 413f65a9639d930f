/// Every bound on fetching from a registry. How many pages are followed is ``CatalogueBounds``' business.
public enum RegistryLimits {
    /// Bytes of one page.
    public static let pageBytes = 16 << 20
    /// Bytes of all pages of one import.
    public static let bytes = 2 << 30
    /// Entries asked for on one page.
    public static let entries = 100
    /// Bytes of a cursor.
    public static let cursorBytes = 4096
    /// Redirects of one request, all within the registry's own origin.
    public static let redirects = 3
    /// How often a page is asked for that the registry could not give just now.
    public static let attempts = 4
    /// The longest wait before it is asked for again, however long the registry asks to wait.
    public static let longestWait = Duration.seconds(30)
    /// How long all pages of one import may take.
    public static let whole = Duration.seconds(3600)
}
