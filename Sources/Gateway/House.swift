/// What this program says of itself to peers.
public enum House {
    /// Owns what configuration files declare; organisations of the directory have ids of their own.
    public static let organisation = "default"
    public static let version = "0.1.0"
    /// `clientInfo` towards upstreams whose client named none, JSON.
    public static let info = Array("{\"name\":\"gatehouse\",\"version\":\"\(version)\"}".utf8)
    /// `{}`: nothing is promised on a client's behalf.
    public static let noCapabilities = Array("{}".utf8)
}
