/// The directory's tables: one for each kind of record, with the constraints between them.
///
/// Every key holds the organisation, so that no row can belong to another organisation's.
enum DirectorySchema {
    static let tables = """
        CREATE TABLE IF NOT EXISTS directory_organisation (
            organisation TEXT NOT NULL,
            id TEXT NOT NULL UNIQUE,
            name BLOB,
            handle BLOB UNIQUE,
            body TEXT NOT NULL,
            PRIMARY KEY (organisation, id),
            CHECK (organisation = id)
        ) STRICT, WITHOUT ROWID;

        """
        + table("member") + table("invitation") + table("session", [("member", "CASCADE")]) + table("token")
        + table("server") + table("secret", [("server", "CASCADE")]) + table("definition", [("server", "CASCADE")])
        + table("policy") + table("version", [("policy", "CASCADE")]) + table("grant")
        + table("credential", [("grant", "CASCADE")])
        + table("attachment", [("grant", "CASCADE"), ("server", "NO ACTION"), ("policy", "NO ACTION")])

    // What later versions added.

    /// Whom identity providers know members as.
    static let identities = table("identity", [("member", "CASCADE")])
    static let connections = table("connection", [("grant", "CASCADE"), ("member", "CASCADE")])

    private static func table(_ kind: String, _ parents: [(kind: String, removal: String)] = []) -> String {
        let columns = parents.map { "    parent_\($0.kind) TEXT NOT NULL,\n" }.joined()
        let keys = parents.map {
            """
            ,
                FOREIGN KEY (organisation, parent_\($0.kind)) REFERENCES directory_\($0.kind) (organisation, id)
                    ON DELETE \($0.removal)
            """
        }.joined()
        let indexes = parents.map {
            "CREATE INDEX IF NOT EXISTS directory_\(kind)_by_\($0.kind) ON directory_\(kind) (organisation, parent_\($0.kind));\n"
        }.joined()
        return """
            CREATE TABLE IF NOT EXISTS directory_\(kind) (
                organisation TEXT NOT NULL REFERENCES directory_organisation (id) ON DELETE CASCADE,
                id TEXT NOT NULL,
                name BLOB,
                handle BLOB UNIQUE,
            \(columns)    body TEXT NOT NULL,
                PRIMARY KEY (organisation, id),
                UNIQUE (organisation, name)\(keys)
            ) STRICT, WITHOUT ROWID;
            \(indexes)
            """
    }
}
