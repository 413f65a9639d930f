/// Every bound on reading clients' configuration files. What lies beyond one is reported, never guessed.
public enum ClientFileBounds {
    /// Bytes of one file: one client keeps its whole history beside its servers.
    public static let fileBytes = 32 << 20
    /// The same of a file in TOML: nobody keeps a history there.
    public static let tomlBytes = 4 << 20
    /// How deep a file is nested.
    public static let depth = 64
    /// Values in one file.
    public static let values = 1_000_000
    /// Servers of one file.
    public static let servers = 512
    /// Projects of one file that name servers of their own.
    public static let projects = 2_000
    /// Bytes of a server's name.
    public static let nameBytes = 256
    /// Arguments, variables or headers of one server.
    public static let entries = 512
    /// Bytes of one argument, variable or header.
    public static let entryBytes = 64 << 10
    /// Problems told of one file.
    public static let problems = 64
    /// Tables of a TOML file.
    public static let tables = 10_000
}
