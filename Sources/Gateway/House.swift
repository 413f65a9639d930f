/// What this program says of itself to peers.
public enum House {
    public static let version = "0.1.0"
    /// `clientInfo` towards upstreams whose client named none, JSON.
    public static let info = Array("{\"name\":\"gatehouse\",\"version\":\"\(version)\"}".utf8)
    /// `{}`: nothing is promised on a client's behalf.
    public static let noCapabilities = Array("{}".utf8)
}
