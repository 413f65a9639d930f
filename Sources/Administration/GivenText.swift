/// Text that people give.
enum GivenText {
    /// A name for people: not empty, bounded, without control characters.
    static func name(_ text: String, _ field: String) throws(Refusal) -> String {
        guard !text.isEmpty, text.utf8.count <= AdministrationBounds.nameBytes else {
            throw .invalid(field: field, reason: "has 1 to \(AdministrationBounds.nameBytes) bytes")
        }
        guard isPrintable(text) else { throw .invalid(field: field, reason: "has control or invisible characters") }
        return text
    }

    /// Whether all of it can be seen: no control characters, no marks that reorder or hide text.
    static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
    }

    static func password(_ text: String) throws(Refusal) -> String {
        guard text.count >= AdministrationBounds.passwordCharacters,
            text.utf8.count <= AdministrationBounds.passwordBytes
        else {
            throw .invalid(
                field: "password", reason: "has at least \(AdministrationBounds.passwordCharacters) characters")
        }
        guard Set(text).count >= 5 else { throw .invalid(field: "password", reason: "could be guessed") }
        return text
    }

    static func email(_ text: String) throws(Refusal) -> Email {
        guard let email = Email(text) else { throw .invalid(field: "email", reason: "is no e-mail address") }
        return email
    }
}
