import WireJSON

/// The claims of an identity token, and those of the provider's own answer that the token lacks.
///
/// Whether an address is verified is said of the address beside it: one source's word for its address is not taken for the
/// other's. That it is not verified counts whoever says it.
struct JoinedClaims: Sendable {
    private static let verification = "email_verified"
    private let token: JSON
    private let answer: JSON

    init(_ token: JSON, _ answer: JSON) {
        self.token = token
        self.answer = answer
    }

    /// One object; nil where it is larger than claims may be.
    var json: JSON? {
        var writer = JSONWriter()
        writer.object { writer in
            for member in token.members where !member.key.equals(Self.verification) {
                writer.member(member.key.string, raw: Array(member.value.bytes))
            }
            for member in answer.members
            where !member.key.equals(Self.verification) && token[member.key.string] == nil {
                writer.member(member.key.string, raw: Array(member.value.bytes))
            }
            if let verification { writer.member(Self.verification, raw: Array(verification.bytes)) }
        }
        return try? JSON(writer.bytes, limits: IdentityBounds.whole)
    }

    private var verification: JSON? {
        let said = [token, answer].compactMap { source in
            source[Self.verification].map { (word: $0, address: source["email"]?.utf8) }
        }
        if let denial = said.first(where: { !($0.word.bool ?? $0.word.hasText("true")) }) { return denial.word }
        let address = (token["email"] ?? answer["email"])?.utf8
        return said.first { $0.address == address }?.word
    }
}
