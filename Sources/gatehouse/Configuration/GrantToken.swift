import Administration

/// A grant's bearer token made without a running instance: for a configuration file.
enum GrantToken {
    static func random() -> String { BearerToken(.grant).secret }
}
