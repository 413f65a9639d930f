/// What an authorisation server sends back through the browser (RFC 6749 section 4.1.2).
public struct AuthorizationAnswer: Sendable, Equatable {
    /// Which question it answers.
    public let state: String
    public let outcome: Outcome
    /// Who says it is answering (RFC 9207).
    public let issuer: String?

    public enum Outcome: Sendable, Equatable {
        case code(String)
        case refused(error: String, description: String?)
    }

    /// Reads a callback's query; nil for what answers no question.
    public init?(query: some StringProtocol) {
        guard let fields = FormText.read(query), let state = fields["state"], !state.isEmpty else { return nil }
        self.state = state
        issuer = fields["iss"]
        if let error = fields["error"] {
            outcome = .refused(error: error, description: fields["error_description"])
        } else if let code = fields["code"], !code.isEmpty {
            outcome = .code(code)
        } else {
            return nil
        }
    }

    /// Whether it comes from the server that was asked, by the table of RFC 9207 section 2.4: an issuer that is named must be
    /// that one, and one that is promised must be named. Looked at before anything else the answer says is believed.
    public func comes(from issuer: String, namesItself: Bool) -> Bool {
        guard let named = self.issuer else { return !namesItself }
        return named.utf8.elementsEqual(issuer.utf8)
    }
}
