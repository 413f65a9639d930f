/// A fact about the call, beside its arguments, that a condition may look at.
public enum ContextField: Sendable, Hashable {
    case toolName
    case toolCategory
    case toolRisk
    case serverName
    case grantLabel
    /// One tag of the grant, by name.
    case grantTag(String)
    case principalID
    case principalEmail

    /// Every field that has one spelling, with it.
    public static let spellings: [(field: ContextField, path: String)] = [
        (.toolName, "tool.name"),
        (.toolCategory, "tool.category"),
        (.toolRisk, "tool.risk"),
        (.serverName, "server.name"),
        (.grantLabel, "grant.label"),
        (.principalID, "principal.id"),
        (.principalEmail, "principal.email"),
    ]

    /// How paths to a grant's tags start.
    static let tagPrefix = "grant.tags."
}

extension PolicyContext {
    /// Lends the text of the field; `nil` when the call has no such context.
    @inline(__always)
    func withText<Result>(of field: ContextField, _ body: (borrowing Span<UInt8>) -> Result) -> Result? {
        switch field {
        case .toolName: tool.map { body($0.utf8.span) }
        case .toolCategory: toolCategory.map { body($0.utf8.span) }
        case .toolRisk: toolRisk.map { body($0.utf8.span) }
        case .serverName: body(serverName.utf8.span)
        case .grantLabel: body(grantLabel.utf8.span)
        case .grantTag(let name): tag(name).map { body($0.utf8.span) }
        case .principalID: principalID.map { body($0.utf8.span) }
        case .principalEmail: principalEmail.map { body($0.utf8.span) }
        }
    }

    // A dictionary finds a canonically equivalent key too; names are equal only as bytes.
    private func tag(_ name: String) -> String? {
        guard let found = grantTags.index(forKey: name), grantTags[found].key.utf8.elementsEqual(name.utf8) else {
            return nil
        }
        return grantTags[found].value
    }
}
