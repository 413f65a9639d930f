public import PolicyEngine
public import PolicyFiles

/// Reads the older YAML dialect of this family of policies, in which a tool has a list of `rules` and conditions state
/// what is allowed, and says the same in this language.
///
///     tools:
///       create_charge:
///         rules:
///           - name: cap
///             conditions: [{ path: args.amount, op: lte, value: 500 }]
///           - name: hourly
///             rate_limit: 5/hour
///
/// What comes out never lets a call pass that the original would stop. What cannot be said so is refused, with its line.
/// Two things no document can carry over, and both are said in a note: an argument left out is judged by the default of
/// the accepted schema, and numbers compare exactly, where the original rounds them to doubles first.
public enum PolicyImport {
    /// The document, unless something was refused; and what there is to say about it, in the order of the file.
    public typealias Reading = (document: PolicyDocument?, diagnostics: [Diagnostic])

    /// Reads a document of the older dialect.
    ///
    /// - Parameter scope: whose calls share a counter. The original counts for all clients of one proxy, so `server` is
    ///   never looser; `grant` counts each grant for itself.
    public static func read(_ bytes: [UInt8], name: String, scope: LimitScope = .server) -> Reading {
        let (root, syntax) = LocatedDocument.parse(bytes, name: name)
        guard let root else { return (nil, syntax) }
        var importer = Importer(file: name, source: SourceLines(bytes), scope: scope)
        let document = importer.document(root)
        return (importer.hasRefused ? nil : document, importer.sorted)
    }
}
