/// Bounds of documents that people write, named in one place.
public enum DocumentBounds {
    /// Largest document, bytes.
    public static let bytes = 8 * 1024 * 1024
    /// Mappings and sequences within each other.
    public static let depth = 64
    /// Values in one document.
    public static let values = 1_000_000
    /// Problems told of one document.
    public static let diagnostics = 200
}
