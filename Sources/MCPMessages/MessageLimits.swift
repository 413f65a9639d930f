/// Bounds of messages, named in one place.
public enum MessageLimits {
    /// Longest text id accepted, bytes.
    public static let idBytes = 1024
    /// Longest method name accepted, bytes.
    public static let methodBytes = 256
    /// Longest progress token accepted, bytes of JSON.
    public static let progressTokenBytes = 1024
    /// Longest `clientInfo` passed on, and longest part of a client's capabilities, bytes of JSON.
    public static let clientInfoBytes = 8 * 1024
    /// Longest tool name, prompt name or URI mirrored in a header, bytes.
    public static let mirroredNameBytes = 8 * 1024
    /// Things one result may ask of a client.
    public static let inputRequests = 32
    /// How deep a schema is looked into; a deeper one is not used.
    public static let schemaDepth = 64
    /// One server-sent event, bytes, all lines together.
    public static let eventBytes = 16 * 1024 * 1024
}
